// base64: RFC 4648's own vectors, and what is refused.
#include "emulator/wire/base64.hpp"

#include <string>

#include "tests/support.hpp"

using namespace minamo;

TEST_CASE("base64: the vectors of RFC 4648 go both ways", "[base64]") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        std::string encoded;
        append_base64(encoded, bytes);
        CHECK(encoded == text);
        CHECK(decode_base64(text) == bytes);
    }
}

TEST_CASE("base64: what is not base64 is refused", "[base64]") {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zh==", "Zm9=", "Zm 9", "Zm9-", "Zm9_", "Zm\n9",
                             "Zg==Zg==", "=Zg=", "\xC3\xA9\xC3\xA9"}) {
        CAPTURE(text);
        CHECK_FALSE(decode_base64(text).has_value());
    }
}

TEST_CASE("base64: every byte survives", "[base64]") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    std::string encoded;
    append_base64(encoded, bytes);
    CHECK(decode_base64(encoded) == bytes);
}
