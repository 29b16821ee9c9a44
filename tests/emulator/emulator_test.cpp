// The embedded API: calls, namespaces, resets, logs, two emulators in one process.
#include "minamo/emulator.hpp"
#include "emulator/control/control.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "emulator/world.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/in_child.hpp"
#include "tests/support.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

// What a Scan answers that finds one item.
std::string scanned(const std::string& id) {
    return R"({"Items":[{"id":{"S":")" + id + R"("}}],"Count":1,"ScannedCount":1})";
}

}  // namespace

TEST_CASE("Emulator: a new one has no tables", "[emulator]") {
    Emulator emulator;
    CHECK(emulator.call("ListTables", "{}").body == R"({"TableNames":[]})");
    CHECK(emulator.call("ListTables", " {} \n").ok());
}

TEST_CASE("Emulator: an item comes back as it was put", "[emulator]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
    CHECK(emulator.call("PutItem", put_request("tab", "x")).body == "{}");
    CHECK(emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"x"}}})").body ==
          R"({"Item":{"id":{"S":"x"}}})");
    CHECK(emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"y"}}})").body == "{}");
}

TEST_CASE("Emulator: what is no call is told as the service tells it", "[emulator]") {
    Emulator emulator;
    const std::tuple<const char*, const char*, const char*> calls[] = {
        {"NoSuchOperation", "{}", "UnknownOperationException"},
        {"", "{}", "UnknownOperationException"},
        {"listtables", "{}", "UnknownOperationException"},
        {"ListTables", "", "SerializationException"},
        {"ListTables", "  ", "SerializationException"},
        {"ListTables", "{", "SerializationException"},
        {"ListTables", "{}{}", "SerializationException"},
        {"ListTables", "[]", "SerializationException"},
        {"ListTables", "null", "SerializationException"},
        {"ListTables", "{\"Limit\":\"1\"}", "SerializationException"},
        {"ListTables", "{\"x\":\"\xFF\"}", "SerializationException"},
        {"GetItem", "{}", "ValidationException"},
    };
    for (const auto& [operation, body, type] : calls) {
        CAPTURE(operation, body);
        const Response response = emulator.call(operation, body);
        CHECK(response.status == 400);
        CHECK(response.type == type);
    }
}

TEST_CASE("Emulator: one namespace does not see another's tables", "[emulator]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab"), {"111122223333", "us-east-1"}).ok());
    CHECK(emulator.call("DescribeTable", table_request("tab"), {"111122223333", "us-east-1"}).ok());
    CHECK_FALSE(emulator.call("DescribeTable", table_request("tab"), {"111122223333", "eu-west-1"}).ok());
    CHECK_FALSE(emulator.call("DescribeTable", table_request("tab"), {"test42", "us-east-1"}).ok());
    CHECK_FALSE(emulator.call("DescribeTable", table_request("tab")).ok());
}

TEST_CASE("Emulator: ARNs carry the caller's namespace", "[emulator]") {
    Emulator emulator;
    const auto made = emulator.call("CreateTable", create_request("tab"), {"111122223333", "ap-nowhere-9"});
    CHECK_THAT(made.body,
               has_json("/TableDescription/TableArn", R"("arn:aws:dynamodb:ap-nowhere-9:111122223333:table/tab")"));
}

TEST_CASE("Emulator: shared_db makes one namespace of all", "[emulator]") {
    Options options;
    options.shared_db = true;
    Emulator emulator(options);
    REQUIRE(emulator.call("CreateTable", create_request("tab"), {"a", "us-east-1"}).ok());
    CHECK(emulator.call("DescribeTable", table_request("tab"), {"b", "eu-west-1"}).ok());
}

TEST_CASE("Emulator: reset drops the tables of one namespace only", "[emulator]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab"), {"a", "r"}).ok());
    REQUIRE(emulator.call("CreateTable", create_request("tab"), {"b", "r"}).ok());
    emulator.reset({"a", "r"});
    CHECK(emulator.call("ListTables", "{}", {"a", "r"}).body == R"({"TableNames":[]})");
    CHECK(emulator.call("ListTables", "{}", {"b", "r"}).body == R"({"TableNames":["tab"]})");
    emulator.reset();
    CHECK(emulator.call("ListTables", "{}", {"b", "r"}).body == R"({"TableNames":[]})");
}

TEST_CASE("Emulator: a namespace is as good as new after a reset", "[emulator]") {
    Emulator emulator;
    for (int round = 0; round < 50; ++round) {
        REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
        REQUIRE(emulator.call("PutItem", put_request("tab", "x")).ok());
        CHECK_THAT(emulator.call("Scan", table_request("tab")).body, is_json(scanned("x")));
        emulator.reset();
    }
}

TEST_CASE("Emulator: two in one process never meet", "[emulator]") {
    Emulator one;
    Emulator other;
    REQUIRE(one.call("CreateTable", create_request("tab")).ok());
    CHECK(other.call("ListTables", "{}").body == R"({"TableNames":[]})");
}

TEST_CASE("Emulator: on_call hears of every call", "[emulator]") {
    std::vector<CallRecord> heard;
    Options options;
    options.on_call = [&heard](const CallRecord& record) { heard.push_back(record); };
    Emulator emulator(options);
    emulator.call("CreateTable", create_request("tab"), {"111122223333", "eu-west-1"});
    emulator.call("GetItem", R"({"TableName":"tab","Key":{}})", {"111122223333", "eu-west-1"});
    emulator.call("Nonsense", "{}");
    REQUIRE(heard.size() == 3);
    CHECK(heard[0].operation == "CreateTable");
    CHECK(heard[0].table == "tab");
    CHECK(heard[0].account == "111122223333");
    CHECK(heard[0].region == "eu-west-1");
    CHECK(heard[0].status == 200);
    CHECK(heard[1].error_type == "ValidationException");
    CHECK(heard[1].error_message == "The provided key element does not match the schema");
    CHECK(heard[2].error_type == "UnknownOperationException");
}

TEST_CASE("Emulator: a forked child is told to make its own", "[emulator]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
    const int result = in_child([&] {
        const Response response = emulator.call("Scan", table_request("tab"));
        return response.status == 500 && response.body ==
                                             R"({"__type":"com.amazon.coral.service#InternalFailure","message":)"
                                             R"("This emulator belongs to the process that made it: )"
                                             R"(make a new one after fork()."})"
                   ? 0
                   : 1;
    });
    CHECK(result == 0);
}

TEST_CASE("Emulator: what was put on disk is there after reopening", "[emulator]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    {
        Emulator emulator(options);
        REQUIRE(emulator.call("CreateTable", create_request("tab"), {"111122223333", "a/b c"}).ok());
        REQUIRE(emulator.call("PutItem", put_request("tab", "x"), {"111122223333", "a/b c"}).ok());
    }
    Emulator emulator(options);
    CHECK_THAT(emulator.call("Scan", table_request("tab"), {"111122223333", "a/b c"}).body, is_json(scanned("x")));
    CHECK_THAT(emulator.call("DescribeTable", table_request("tab"), {"111122223333", "a/b c"}).body,
               has_json("/Table/TableStatus", R"("ACTIVE")"));
}

TEST_CASE("Emulator: a first clock that cannot be read is a start error", "[emulator]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    const std::string path = folder.file("first_clock");
    for (const char* text : {"nonsense", "\xFF", "1 2 3", "99999999999999999999 1 1 0 1"}) {
        CAPTURE(text);
        std::ofstream(path, std::ios::trunc) << text;
        CHECK_THROWS_WITH(Emulator(options),
                          "The file " + path + " keeps a clock that cannot be read: move the file away.");
    }
    for (const char* text : {"1 2 1 0 2", ""}) {  // empty: a power cut took what an earlier version had written
        std::ofstream(path, std::ios::trunc) << text;
        CHECK_NOTHROW(Emulator(options));
    }
}

TEST_CASE("Emulator: two that share a folder keep a first clock at once", "[emulator][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    Emulator emulators[]{Emulator(options), Emulator(options)};
    std::atomic<int> faults{0};
    std::vector<std::thread> threads;
    for (Emulator& emulator : emulators) {
        threads.emplace_back([&emulator, &faults] {
            for (int i = 0; i < 100; ++i) {
                const Answer answer =
                    control_call(emulator.world(), "POST", "/_minamo/clock", "all", R"({"advance":"1s"})", nullptr);
                if (!answer.response.ok()) ++faults;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(faults == 0);
    CHECK_NOTHROW(Emulator(options));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        CHECK(entry.path().filename() == "first_clock");  // no drafts
    }
}

TEST_CASE("Emulator: a region of any length is known after reopening", "[emulator]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    const std::string regions[] = {std::string(300, 'r'), std::string(299, 'r'), std::string(100, '.'),
                                   std::string(76, '.'),  std::string(77, '.'),  "~" + std::string(32, 'A')};
    {
        Emulator emulator(options);
        for (const std::string& region : regions) {
            CAPTURE(region);
            REQUIRE(emulator.call("CreateTable", create_request("tab"), {"111122223333", region}).ok());
            REQUIRE(emulator.call("PutItem", put_request("tab", region), {"111122223333", region}).ok());
        }
    }
    {
        Emulator emulator(options);
        for (const std::string& region : regions) {
            CAPTURE(region);
            CHECK_THAT(emulator.call("Scan", table_request("tab"), {"111122223333", region}).body,
                       is_json(scanned(region)));
        }
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".region") std::filesystem::remove(entry.path());
    }
    CHECK_THROWS_WITH(Emulator(options), minamo::contains("The region of the store ") &&
                                             minamo::contains(" is not known, it should stand in "));
}

TEST_CASE("Emulator: a folder that cannot be made is one sentence", "[emulator]") {
    Options options;
    options.db_path = "/proc/no/such/place";
    CHECK_THROWS_WITH(Emulator(options),
                      "The folder /proc/no/such/place cannot be made: name one that can be written to.");
}

TEST_CASE("Emulator: the memory allowance ends with one sentence", "[emulator]") {
    Options options;
    options.map_bytes = std::size_t{1} << 20;
    options.memory_max_bytes = std::size_t{4} << 20;
    Emulator emulator(options);
    REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
    const std::string filling(300000, 'x');
    Response response;
    int stored = 0;
    for (int i = 0; i < 100; ++i) {
        response = emulator.call("PutItem", R"({"TableName":"tab","Item":{"id":{"S":")" + std::to_string(i) +
                                                R"("},"f":{"S":")" + filling + R"("}}})");
        if (!response.ok()) break;
        ++stored;
    }
    CHECK(response.status == 500);
    CHECK_THAT(response.body,
               is_json(error_json("InternalServerError",
                                  "The store has reached the 4194304 bytes that it may take: delete items or tables, "
                                  "for which there is always room, or allow more. Stream records take room until they "
                                  "are 24 hours old.")));
    CHECK(stored > 0);
    CHECK_THAT(emulator.call("DescribeTable", table_request("tab")).body,
               has_json("/Table/ItemCount", std::to_string(stored)));
}

namespace {

// Whether the folder has nothing in it.
bool is_bare(const std::filesystem::path& folder) {
    return std::filesystem::directory_iterator(folder) == std::filesystem::directory_iterator();
}

Options on_disk(const std::string& path) {
    Options options;
    options.db_path = path;
    return options;
}

}  // namespace

TEST_CASE("Emulator: a folder that cannot be is a start error before any of it is made", "[emulator]") {
    const TemporaryFolder folder;
    const std::string inside = folder.path() + "/";
    const std::string long_name(256, 'x');
    for (const std::string& path :
         {inside + std::string(5000, 'x'), inside + "a/" + long_name, inside + "a/" + long_name + "/b",
          inside + "a" + std::string("\0b", 2), inside + [] {
              std::string deep;
              for (int i = 0; i < 3000; ++i) deep += "d/";
              return deep;
          }()}) {
        CAPTURE(path.size());
        CHECK_THROWS_AS(Emulator(on_disk(path)), StartError);
        CHECK(is_bare(folder.path()));
    }
}

TEST_CASE("Emulator: a server has no more threads than it can have", "[emulator]") {
    Emulator emulator;
    ServeOptions options;
    for (const unsigned threads : {257U, 100000U, ~0U}) {
        options.threads = threads;
        CHECK_THROWS_AS(emulator.serve(options), StartError);
    }
}

TEST_CASE("Emulator: durations are not negative", "[emulator]") {
    for (auto member : {&Options::create_table, &Options::update_table, &Options::delete_table, &Options::ttl_delay}) {
        Options options;
        options.*member = std::chrono::milliseconds::min();
        CHECK_THROWS_AS(Emulator(options), StartError);
    }
}
