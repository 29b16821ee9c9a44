// Words: an enum and its texts, both ways.
#include "emulator/wire/words.hpp"

#include <string_view>

#include "tests/support.hpp"

namespace minamo {
namespace {

template <class Enum>
void check_both_ways() {
    for (const auto& row : words<Enum>) {
        CAPTURE(row.text);
        CHECK(word_of(row.value) == row.text);
        CHECK(from_word<Enum>(row.text) == row.value);
    }
}

}  // namespace

TEST_CASE("Words: each is read as what it is written for", "[words]") {
    check_both_ways<storage::TableStatus>();
    check_both_ways<storage::IndexStatus>();
    check_both_ways<storage::Projection>();
    check_both_ways<storage::StreamView>();
    check_both_ways<storage::RecordEvent>();
    check_both_ways<SwitchStatus>();
    check_both_ways<BillingMode>();
    check_both_ways<KeyType>();
    check_both_ways<ReturnValues>();
    check_both_ways<Select>();
    check_both_ways<AttributeAction>();
    check_both_ways<IteratorType>();
}

TEST_CASE("Words: other texts are none", "[words]") {
    for (const std::string_view text : {"", "keys_only", "KEYS_ONL", "KEYS_ONLY ", "NEW_IMAGE"}) {
        CHECK_FALSE(from_word<storage::Projection>(text));
    }
}

TEST_CASE("Words: a switch shows whether it has settled", "[words]") {
    CHECK(word_of(switch_status(true, false)) == "ENABLING");
    CHECK(word_of(switch_status(true, true)) == "ENABLED");
    CHECK(word_of(switch_status(false, false)) == "DISABLING");
    CHECK(word_of(switch_status(false, true)) == "DISABLED");
}

}  // namespace minamo
