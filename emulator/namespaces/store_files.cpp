// A region is any text, a file's name is not: what may not stand in one is written as %XX, and what gets too long ends
// in a hash.
#include "emulator/namespaces/store_files.hpp"

#include <cstdint>

#include "emulator/namespaces/accounts.hpp"
#include "emulator/namespaces/small_files.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

constexpr std::string_view file_suffix = ".minamo";
// Of a region whose name is too long for a file's: the file beside its store that holds it.
constexpr std::string_view region_suffix = ".region";
constexpr std::size_t region_bytes_max = 230;  // with account and suffixes 255
constexpr std::size_t region_bytes_shown = 60;
constexpr char hash_mark = '~';

bool is_file_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

void append_hex(std::string& out, unsigned char byte) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
}

std::string file_name(std::string_view region) {
    std::string out;
    for (const char c : region) {
        if (is_file_name_character(c)) {
            out.push_back(c);
        } else {
            out.push_back('%');
            append_hex(out, static_cast<unsigned char>(c));
        }
    }
    if (out.size() <= region_bytes_max) return out;
    out.resize(region_bytes_shown);
    out.push_back(hash_mark);
    for (const unsigned char byte : storage::hash_of(region)) append_hex(out, byte);
    return out;
}

std::int64_t hex_digit(char c) {
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

// Whether a file name of a region ends in a hash: it does not tell the region.
bool is_hashed(std::string_view name) {
    return name.size() == region_bytes_shown + 33 && name[region_bytes_shown] == hash_mark;
}

// Where the region of such a store is kept.
std::string region_path(const std::string& path) {
    return path.substr(0, path.size() - file_suffix.size()) + std::string(region_suffix);
}

std::string region_of(const std::string& path, std::string_view name) {
    std::string out;
    if (is_hashed(name)) {
        const auto kept = read_file(region_path(path));
        if (kept && file_name(*kept) == name) return *kept;
        throw StartError("The region of the store " + path + " is not known, it should stand in " + region_path(path) +
                         ": put that file back, or move the store away.");
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '%' && i + 2 < name.size()) {
            out.push_back(static_cast<char>(hex_digit(name[i + 1]) * 16 + hex_digit(name[i + 2])));
            i += 2;
        } else {
            out.push_back(name[i]);
        }
    }
    return out;
}

}  // namespace

std::string store_path(const std::string& folder, const Caller& owner) {
    return folder + "/" + owner.account + "_" + file_name(owner.region) + std::string(file_suffix);
}

std::string first_clock_path(const std::string& folder) {
    return folder + "/first_clock";
}

void keep_region(const std::string& path, const std::string& region) {
    if (!is_hashed(file_name(region))) return;
    const std::string kept_at = region_path(path);
    if (read_file(kept_at) == region) return;
    if (!replace_file(kept_at, region)) {
        throw StartError("The file " + kept_at + " cannot be written: make room, or let it be written to.");
    }
}

std::optional<Caller> owner_of_store(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (!name.ends_with(file_suffix) || name.size() < 14 + file_suffix.size() || name[12] != '_') return std::nullopt;
    if (!is_account(std::string_view(name).substr(0, 12))) return std::nullopt;
    const std::string_view region = std::string_view(name).substr(13, name.size() - 13 - file_suffix.size());
    return Caller{name.substr(0, 12), region_of(path, region)};
}

}  // namespace minamo
