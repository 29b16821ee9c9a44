// Varints: each number has one encoding, and nothing else reads as a number.
#include "storage/varint.hpp"

#include "tests/support.hpp"

namespace minamo::storage {
namespace {

using namespace std::string_literals;

TEST_CASE("Varint: a number takes as few bytes as seven bits each allow", "[varint]") {
    const std::pair<std::uint64_t, std::string> rows[] = {
        {0, "\x00"s},
        {1, "\x01"},
        {127, "\x7F"},
        {128, "\x80\x01"},
        {300, "\xAC\x02"},
        {16383, "\xFF\x7F"},
        {16384, "\x80\x80\x01"},
        {0xFFFFFFFF, "\xFF\xFF\xFF\xFF\x0F"},
        {std::uint64_t{1} << 63, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"},
        {~std::uint64_t{0}, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"},
    };
    for (const auto& [number, bytes] : rows) {
        CAPTURE(number);
        std::string out = "before";
        append_varint(out, number);
        CHECK(out == "before" + bytes);
        CHECK(varint_bytes(number) == bytes.size());

        const std::string text = bytes + "after";
        std::string_view rest = text;
        std::uint64_t read = 1;
        CHECK(read_varint(rest, read));
        CHECK(read == number);
        CHECK(rest == "after");
    }
}

TEST_CASE("Varint: what is cut off, too long or not the short form is refused", "[varint]") {
    const std::string rows[] = {
        "",
        "\x80",
        "\xFF\xFF",
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        // Zeros at the end.
        "\x80\x00"s,
        "\x81\x00"s,
        "\xFF\x80\x00"s,
        "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"s,
        // More than 64 bits.
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02",
        "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    };
    for (const std::string& bytes : rows) {
        std::string_view rest = bytes;
        std::uint64_t number = 0;
        CHECK_FALSE(read_varint(rest, number));
    }
}

}  // namespace
}  // namespace minamo::storage
