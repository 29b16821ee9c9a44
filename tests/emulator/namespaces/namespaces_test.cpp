// Namespaces: accounts of access keys, stores that come and go, and what is written while they do.
#include "emulator/namespaces/namespaces.hpp"
#include "minamo/emulator.hpp"

#include <optional>
#include <set>
#include <string>

#include "emulator/world.hpp"
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
    Emulator emulator;
    Namespaces& namespaces = emulator.world().namespaces;
    Namespace& space = namespaces.find(know({"111122223333", "r"}));
    const bool had = Visit(space).read([](storage::ReadTransaction* transaction) { return transaction != nullptr; });
    CHECK_FALSE(had);
    CHECK_FALSE(space.has_store());
    CHECK(&namespaces.find(know({"111122223333", "r"})) == &space);
    CHECK(&namespaces.find(know({"111122223333", "s"})) != &space);
}

TEST_CASE("Namespaces: deleting the last table gives its memory back", "[namespaces]") {
    Emulator emulator;
    Namespaces& namespaces = emulator.world().namespaces;
    Namespace& space = namespaces.find(know({"111122223333", "r"}));
    REQUIRE(Visit(space).write([](storage::WriteTransaction*) -> Result<void> { return {}; }, true));
    CHECK(space.has_store());
    space.drop_empty_store();
    CHECK_FALSE(space.has_store());
}

TEST_CASE("Namespaces: nothing stays of those that are only looked at", "[namespaces]") {
    Emulator emulator;
    for (int i = 0; i < 100; ++i) {
        const Caller caller{"key" + std::to_string(i), "us-east-1"};
        CHECK(emulator.call("ListTables", "{}", caller).ok());
        CHECK_FALSE(emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"a"}}})", caller).ok());
        CHECK_FALSE(emulator.call("CreateTable", "{}", caller).ok());
        emulator.reset(caller);
    }
    CHECK(emulator.world().namespaces.all().empty());
    CHECK(emulator.call("CreateTable", create_request("tab"), {"key7", "us-east-1"}).ok());
    REQUIRE(emulator.world().namespaces.all().size() == 1);
    CHECK(emulator.world().namespaces.all()[0]->access_key() == "key7");
    CHECK(emulator.call("ListTables", "{}", {"key7", "us-east-1"}).body == R"({"TableNames":["tab"]})");
}

TEST_CASE("Namespaces: one that is not there has the time of those that are yet to come", "[namespaces]") {
    Emulator emulator;
    KnownCaller caller = know({"key", "us-east-1"});
    std::optional<Namespace> passing;
    REQUIRE(emulator.world().namespaces.first_clock().move({.set_ms = 4102444800000, .freeze = true}));
    CHECK(emulator.world().namespaces.look(caller, passing).clock().now_ms() == 4102444800000);
    CHECK(passing);
    CHECK(emulator.world().namespaces.find_existing(caller) == nullptr);
}

TEST_CASE("Namespaces: an access key becomes known by its first call", "[namespaces]") {
    Emulator emulator;
    Namespaces& namespaces = emulator.world().namespaces;
    const std::string account = account_of("mine");
    Namespace& space = namespaces.find(know({account, "r"}));
    CHECK(space.access_key() == account);
    CHECK(&namespaces.find(know({"mine", "r"})) == &space);
    CHECK(space.access_key() == "mine");
    namespaces.find(know({account, "r"}));
    CHECK(space.access_key() == "mine");
}
