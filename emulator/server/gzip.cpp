// zlib does the work; what a list of codings with weights comes to is the service's own reading of HTTP.
#include "emulator/server/gzip.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <zlib.h>

#include "emulator/server/request.hpp"

namespace minamo::server {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::string_view gzip_magic = "\x1f\x8b";

// zlib's way to ask for a wrapper.
int window_bits(Coding coding) {
    return coding == Coding::gzip ? 15 + 16 : 15;
}

// zlib's interface is not const correct: it never writes to its input.
Bytef* input(std::string_view bytes) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

class Inflater {
public:
    explicit Inflater(Coding coding) : coding_(coding) {
        ready_ = ::inflateInit2(&stream_, window_bits(coding)) == Z_OK;
    }
    ~Inflater() {
        if (ready_) ::inflateEnd(&stream_);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Inflation inflate(std::string_view bytes, std::size_t bytes_max, std::string& out);

private:
    bool another_follows() const {
        const std::string_view rest(reinterpret_cast<const char*>(stream_.next_in), stream_.avail_in);
        return coding_ == Coding::gzip && rest.starts_with(gzip_magic);
    }

    const Coding coding_;
    z_stream stream_{};
    bool ready_ = false;
};

Inflation Inflater::inflate(std::string_view bytes, std::size_t bytes_max, std::string& out) {
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
        if (result == Z_STREAM_END && !another_follows()) {
            out.resize(size);
            return Inflation::whole;
        }
        // All but progress is an error, input that ends too early (Z_BUF_ERROR) too.
        const int next = result == Z_STREAM_END ? ::inflateReset(&stream_) : result;
        if (next != Z_OK) return Inflation::broken;
    }
}

// A weight as the service reads it: at most 1, and 1 where it cannot be read.
double weight_of(std::string_view text) {
    if (text.starts_with('-')) return -1;
    const bool number = text.find_first_not_of("0123456789.") == text.npos && std::ranges::count(text, '.') <= 1;
    if (!number || text.find_first_not_of('.') == text.npos) return 1;
    double weight = 0;
    double unit = 1;  // of the next digit after the point
    bool after_point = false;
    for (const char c : text) {
        if (c == '.') {
            after_point = true;
        } else if (after_point) {
            weight += (c - '0') * (unit /= 10);
        } else {
            weight = weight * 10 + (c - '0');
        }
    }
    return std::min(weight, 1.0);
}

// Of the first parameter whose name ends in q; a blank before its '=' makes that another name.
double weight_of_parameters(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::size_t end = std::min(parameters.find(';'), parameters.size());
        const std::string_view parameter = parameters.substr(0, end);
        const std::size_t mark = parameter.find('=');
        const std::string_view name = parameter.substr(0, mark);
        if (mark != parameter.npos && (name.ends_with('q') || name.ends_with('Q'))) {
            return weight_of(trim(parameter.substr(mark + 1)));
        }
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
    }
    return 1;
}

// What a list says of one coding. `place`: where it is listed first.
struct Wish {
    bool listed = false;
    double weight = -1;
    std::size_t place = 0;

    void add(double given, std::size_t at) {
        if (!listed) place = at;
        listed = true;
        weight = std::max(weight, given);
    }
};

}  // namespace

std::string_view name_of(Coding coding) {
    return coding == Coding::gzip ? "gzip" : coding == Coding::deflate ? "deflate" : "identity";
}

Coding coding_of(std::string_view name) {
    for (const Coding coding : {Coding::gzip, Coding::deflate}) {
        if (equal_ignoring_case(name, name_of(coding))) return coding;
    }
    return Coding::none;
}

Inflation unpack(Coding coding, std::string_view bytes, std::size_t bytes_max, std::string& out) {
    out.clear();
    return Inflater(coding).inflate(bytes, bytes_max, out);
}

bool pack(Coding coding, std::string_view bytes, std::string& out) {
    out.clear();
    z_stream stream{};
    const int begun = ::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits(coding), 8, Z_DEFAULT_STRATEGY);
    if (begun != Z_OK) return false;
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

Coding accepted_coding(std::string_view accept_encoding) {
    Wish gzip;
    Wish deflate;
    Wish others;
    for (std::size_t place = 0; !accept_encoding.empty(); ++place) {
        const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
        const std::string_view entry = accept_encoding.substr(0, end);
        const std::size_t mark = std::min(entry.find(';'), entry.size());
        const std::string_view name = trim(entry.substr(0, mark));
        const Coding coding = coding_of(name);
        Wish* const wish = coding == Coding::gzip      ? &gzip
                           : coding == Coding::deflate ? &deflate
                           : name == "*"               ? &others
                                                       : nullptr;
        if (wish != nullptr) wish->add(weight_of_parameters(entry.substr(mark)), place);
        accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    }
    struct Choice {
        Coding coding;
        double weight;
    };
    std::array<Choice, 3> choices{
        Choice{Coding::gzip, gzip.weight}, {Coding::deflate, deflate.weight}, {Coding::none, others.weight}};
    if (deflate.place < gzip.place) std::swap(choices[0], choices[1]);
    // A star stands for one that is not listed.
    choices[2].coding = !gzip.listed ? Coding::gzip : !deflate.listed ? Coding::deflate : Coding::none;
    Choice best{Coding::none, 0};
    for (const Choice& choice : choices) {
        if (choice.weight > best.weight) best = choice;
    }
    return best.coding;
}

}  // namespace minamo::server
