// zlib with a bound: what a few bytes can be blown up to is never held beyond the limit.
#include "emulator/server/gzip.hpp"

#include <algorithm>
#include <cstring>

#include <zlib.h>

#include "emulator/server/request.hpp"

namespace minamo::server {
namespace {

constexpr int gzip_window_bits = 15 + 16;  // zlib's way to ask for a gzip wrapper
constexpr std::size_t piece_bytes = 64 * 1024;

// zlib's interface is not const correct: it never writes to its input.
Bytef* input(std::string_view bytes) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

class Inflater {
public:
    Inflater() { ready_ = ::inflateInit2(&stream_, gzip_window_bits) == Z_OK; }
    ~Inflater() {
        if (ready_) ::inflateEnd(&stream_);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Inflation run(std::string_view bytes, std::size_t bytes_max, std::string& out);

private:
    z_stream stream_{};
    bool ready_ = false;
};

Inflation Inflater::run(std::string_view bytes, std::size_t bytes_max, std::string& out) {
    if (!ready_ || bytes.empty()) return Inflation::broken;
    stream_.next_in = input(bytes);
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::size_t size = 0;
    for (;;) {
        if (size == out.size()) out.resize(size + piece_bytes);
        const std::size_t room = out.size() - size;
        stream_.next_out = reinterpret_cast<Bytef*>(out.data() + size);
        stream_.avail_out = static_cast<uInt>(room);
        const int result = ::inflate(&stream_, Z_NO_FLUSH);
        size += room - stream_.avail_out;
        if (size > bytes_max) return Inflation::too_large;
        if (result == Z_STREAM_END && stream_.avail_in == 0) {
            out.resize(size);
            return Inflation::whole;
        }
        // Another member follows; all else but progress is an error, input that ends too early (Z_BUF_ERROR) too.
        const int next = result == Z_STREAM_END ? ::inflateReset(&stream_) : result;
        if (next != Z_OK) return Inflation::broken;
    }
}

}  // namespace

Inflation inflate_gzip(std::string_view bytes, std::size_t bytes_max, std::string& out) {
    out.clear();
    return Inflater().run(bytes, bytes_max, out);
}

bool deflate_gzip(std::string_view bytes, std::string& out) {
    out.clear();
    z_stream stream{};
    if (::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    out.resize(::deflateBound(&stream, bytes.size()));
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool whole = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(whole ? stream.total_out : 0);
    ::deflateEnd(&stream);
    return whole;
}

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
        const std::string_view entry = accept_encoding.substr(0, end);
        const std::size_t mark = std::min(entry.find(';'), entry.size());
        if (equal_ignoring_case(trim(entry.substr(0, mark)), "gzip")) {
            const std::string_view weight = trim(entry.substr(std::min(mark + 1, entry.size())));
            // "q=0", "q=0.0", "q=0.000" say no.
            return !weight.starts_with("q=0") || weight.find_first_not_of("0.", 3) != weight.npos;
        }
        accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    }
    return false;
}

}  // namespace minamo::server
