// gzip of bodies, both ways.
#include <random>
#include <string>

#include "emulator/server/gzip.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

using server::Coding;
using server::Inflation;

constexpr std::size_t limit = 1000000;

std::string packed(std::string_view text) {
    std::string out;
    CHECK(server::pack(Coding::gzip, text, out));
    return out;
}

Inflation unpack(std::string_view bytes, std::string& out) {
    return server::unpack(Coding::gzip, bytes, limit, out);
}

std::string noise(std::size_t size) {
    std::mt19937 random(1);
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(random()));
    return out;
}

}  // namespace

TEST_CASE("gzip: what is packed comes out again", "[server]") {
    for (const std::string& text : {std::string(), std::string("{}"), std::string(70000, 'a'), noise(200000)}) {
        std::string out = "old";
        CHECK(unpack(packed(text), out) == Inflation::whole);
        CHECK(out == text);
    }
}

TEST_CASE("gzip: members one after the other come out as one", "[server]") {
    std::string out;
    CHECK(unpack(packed("ab") + packed("") + packed("c"), out) == Inflation::whole);
    CHECK(out == "abc");
}

TEST_CASE("gzip: thousands of empty members are nothing", "[server]") {
    const std::string one = packed("");
    std::string many;
    for (int i = 0; i < 50000; ++i) many += one;
    std::string out;
    CHECK(unpack(many, out) == Inflation::whole);
    CHECK(out.empty());
}

TEST_CASE("gzip: the limit is still whole", "[server]") {
    std::string out;
    CHECK(unpack(packed(std::string(limit, 'a')), out) == Inflation::whole);
    CHECK(out.size() == limit);
}

TEST_CASE("gzip: one byte over the limit is too large", "[server]") {
    std::string out;
    CHECK(unpack(packed(std::string(limit + 1, 'a')), out) == Inflation::too_large);
}

TEST_CASE("gzip: a bomb stops soon after the limit", "[server]") {
    std::string out;
    CHECK(unpack(packed(std::string(100 * limit, 'a')), out) == Inflation::too_large);
    CHECK(out.size() < 2 * limit);
}

TEST_CASE("gzip: every cut is broken", "[server]") {
    const std::string whole = packed("some text, some text, some text");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::string out;
        CAPTURE(size);
        CHECK(unpack(whole.substr(0, size), out) == Inflation::broken);
    }
}

TEST_CASE("gzip: a flipped bit is broken or harmless", "[server]") {
    const std::string whole = packed("some text, some text, some text");
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        std::string damaged = whole;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        std::string out;
        CAPTURE(bit);
        if (unpack(damaged, out) == Inflation::whole) CHECK(out == "some text, some text, some text");
    }
}

TEST_CASE("gzip: what is none is broken", "[server]") {
    for (const std::string_view text : {"", "{}", "\x1f\x8b", "\x1f\x8b\x08", "\x78\x9c\x03\x00\x00\x00\x00\x01"}) {
        std::string out;
        CHECK(unpack(text, out) == Inflation::broken);
    }
}

TEST_CASE("gzip: what follows without being a member is passed over", "[server]") {
    for (const std::string_view rest : {"x", "{}", "\x1f", "\x1fx", "\x8b\x1f"}) {
        std::string out;
        CHECK(unpack(packed("text") + std::string(rest), out) == Inflation::whole);
        CHECK(out == "text");
    }
}

TEST_CASE("deflate: what is packed comes out again, without a gzip wrapper", "[server]") {
    for (const std::string& text : {std::string(), std::string("{}"), noise(200000)}) {
        std::string bytes;
        REQUIRE(server::pack(Coding::deflate, text, bytes));
        CHECK(bytes[0] == '\x78');
        std::string out = "old";
        CHECK(server::unpack(Coding::deflate, bytes, limit, out) == Inflation::whole);
        CHECK(out == text);
        CHECK(server::unpack(Coding::deflate, bytes.substr(0, bytes.size() - 1), limit, out) == Inflation::broken);
        CHECK(unpack(bytes, out) == Inflation::broken);
    }
}

TEST_CASE("Accept-Encoding: the coding that a list comes to", "[server]") {
    for (const std::string_view gzip : {"gzip",
                                        "GZIP",
                                        " gzip ",
                                        "gzip,deflate,br",
                                        "br, gzip",
                                        ",,gzip",
                                        "gzip;q=1.0",
                                        "gzip; q=0.5",
                                        "gzip;q=2",
                                        "br;q=0, gzip;q=0.001",
                                        "deflate;q=0.4,gzip;q=0.5",
                                        "*",
                                        "*;q=0.5,identity",
                                        "*,deflate;q=0.5",
                                        "gzip;q=0.x",
                                        "gzip;q=0. x",
                                        "gzip;q=",
                                        "gzip;q =0",
                                        "gzip;a=b",
                                        "gzip;q=0,gzip;q=0.1",
                                        "gzip;q=0.5;q=0",
                                        "deflate;q=0, *",
                                        "deflate;q=-1,gzip;q=0.1",
                                        "gzip;level=9;q=1",
                                        "*;q=0.9,gzip;q=0.9",
                                        "identity,gzip;q=0.1"}) {
        CAPTURE(gzip);
        CHECK(server::accepted_coding(gzip) == Coding::gzip);
    }
    for (const std::string_view deflate :
         {"deflate", "Deflate", "deflate,gzip", "gzip;q=0.5,deflate", "gzip;q=0,*", "gzip;q=0, deflate;q=0.1",
          "*;q=1,gzip;q=0.5", "gzip;q=0.3,*;q=0.4", "deflate, *", "gzip;nq=0,deflate;q=0.1", "deflate;q=0.5,gzip;q=0.5",
          "\"gzip\",deflate", "gzip br,deflate", "gzip:q=1,deflate;q=0.1"}) {
        CAPTURE(deflate);
        CHECK(server::accepted_coding(deflate) == Coding::deflate);
    }
}

TEST_CASE("Accept-Encoding: who gets nothing packed", "[server]") {
    for (const std::string_view no : {"",           "identity",      "br",
                                      "gzip;q=0",   "gzip; q=0.000", "gzip;q=0.",
                                      "gzip; q= 0", "gzip;nq=0",     "gzip;Q=0",
                                      "x-gzip",     "gzipped",       "*;q=0",
                                      ",,;",        "br;gzip",       "gzip br",
                                      "gzip:q=1",   "\"gzip\"",      "'gzip'",
                                      "gzip;q=-1",  "gzip;q=-0.5",   "gzip;q=0,deflate;q=0,*",
                                      ";q=1",       "gzip;q=0;q=1",  "gzip;x=1;q=0"}) {
        CAPTURE(no);
        CHECK(server::accepted_coding(no) == Coding::none);
    }
}

}  // namespace minamo::tests
