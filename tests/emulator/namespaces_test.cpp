// Namespaces: accounts of access keys, stores that come and go, and what is written while they do.
#include "emulator/namespaces.hpp"

#include <set>
#include <string>

#include "tests/emulator/calls.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;

TEST_CASE("Namespaces: any access key has an account of 12 digits", "[namespaces]") {
    CHECK(account_of("123456789012") == "123456789012");
    CHECK(account_of("") == "000000000000");
    std::set<std::string> accounts;
    for (const char* key :
         {"test", "test42", "AKIAIOSFODNN7EXAMPLE", "12345678901", "1234567890123", "12345678901x", "\xC3\xA9"}) {
        const std::string account = account_of(key);
        CAPTURE(key);
        CHECK(account.size() == 12);
        CHECK(account.find_first_not_of("0123456789") == std::string::npos);
        CHECK(account == account_of(key));
        accounts.insert(account);
    }
    CHECK(accounts.size() == 7);
}

TEST_CASE("Namespaces: a look at one makes no store", "[namespaces]") {
    const Options options;
    SystemClock clock;
    Namespaces namespaces(options, clock);
    Namespace& space = namespaces.find({"111122223333", "r"});
    const bool had = Visit(space).read([](storage::ReadTransaction* transaction) { return transaction != nullptr; });
    CHECK_FALSE(had);
    CHECK_FALSE(space.has_store());
    CHECK(&namespaces.find({"111122223333", "r"}) == &space);
    CHECK(&namespaces.find({"111122223333", "s"}) != &space);
}

TEST_CASE("Namespaces: deleting the last table gives its memory back", "[namespaces]") {
    const Options options;
    SystemClock clock;
    Namespaces namespaces(options, clock);
    Namespace& space = namespaces.find({"111122223333", "r"});
    REQUIRE(Visit(space).write([](storage::WriteTransaction*) -> Result<void> { return {}; }, true));
    CHECK(space.has_store());
    space.drop_empty_store();
    CHECK_FALSE(space.has_store());
}
