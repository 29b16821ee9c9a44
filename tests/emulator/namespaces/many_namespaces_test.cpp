// Many namespaces in one process: what each costs, and what there is to say where there can be no more.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/in_child.hpp"
#include "tests/support.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

Caller numbered(int i) {
    const std::string digits = std::to_string(i);
    return {std::string(12 - digits.size(), '0') + digits, "us-east-1"};
}

// How many namespaces, up to `most`, can have a table; `answer` is the last one's.
int create_many(Emulator& emulator, int most, Response& answer) {
    for (int i = 0; i < most; ++i) {
        answer = emulator.call("CreateTable", create_request("tab"), numbered(i));
        if (!answer.ok()) return i;
    }
    return most;
}

bool limit(int resource, rlim_t most) {
    const rlimit limit{most, most};
    return setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

// Not under a sanitizer: without a file that it can open UBSan cannot look at an object, and calls sound ones invalid.
bool may_run_out_of_files() {
    if (is_sanitized) WARN("not run: a sanitizer opens files of its own to look at objects");
    return !is_sanitized;
}

// Pages: `field` 0 of the address space, 1 in memory.
std::size_t memory_bytes(int field) {
    std::ifstream file("/proc/self/statm");
    std::size_t pages = 0;
    for (int i = 0; i <= field; ++i) file >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("Namespaces: one too many for 1,024 open files is a sentence", "[namespaces]") {
    if (!may_run_out_of_files()) return;
    const int result = in_child([] {
        if (!limit(RLIMIT_NOFILE, 1024)) return 1;
        Emulator emulator;
        Response answer;
        if (create_many(emulator, 2000, answer) < 900) return 2;
        if (answer.status != 500) return 3;
        if (answer.body != error_json("InternalServerError",
                                      "A store in memory cannot be opened (Too many open files): let this process have "
                                      "more open files (ulimit -n), or reset namespaces that are no longer needed.")) {
            return 4;
        }
        if (!emulator.call("PutItem", put_request("tab", "a"), numbered(7)).ok()) return 5;
        emulator.reset(numbered(3));
        return emulator.call("CreateTable", create_request("tab"), numbered(5000)).ok() ? 0 : 6;
    });
    CHECK(result == 0);
}

TEST_CASE("Namespaces: too few open files on disk are the same sentence", "[namespaces]") {
    if (!may_run_out_of_files()) return;
    const TemporaryFolder folder;
    const int result = in_child([&] {
        if (!limit(RLIMIT_NOFILE, 64)) return 1;
        Options options;
        options.db_path = folder.path();
        Emulator emulator(options);
        Response answer;
        const int count = create_many(emulator, 100, answer);
        if (count < 10 || count == 100) return 2;
        if (!contains(answer.body,
                      " cannot be opened (Too many open files): let this process have more open files "
                      "(ulimit -n), or reset namespaces that are no longer needed.")) {
            return 3;
        }
        return emulator.call("PutItem", put_request("tab", "a"), numbered(7)).ok() ? 0 : 4;
    });
    CHECK(result == 0);
}

TEST_CASE("Namespaces: many of them leave the process its address space", "[namespaces]") {
    const int result = in_child([] {
        if (!limit(RLIMIT_AS, memory_bytes(0) + (std::size_t{2} << 30))) return 1;
        std::vector<std::unique_ptr<Emulator>> emulators;
        for (int i = 0; i < 200; ++i) {
            emulators.push_back(std::make_unique<Emulator>());
            if (!emulators.back()->call("CreateTable", create_request("tab")).ok()) return 2;
        }
        const std::unique_ptr<void, decltype(&std::free)> of_host(std::malloc(std::size_t{512} << 20), &std::free);
        return of_host != nullptr ? 0 : 3;
    });
    CHECK(result == 0);
}

// For the test below, in a process whose memory holds nothing else yet: that of this one is used again or not as its
// allocator likes.
TEST_CASE("Namespaces: what one with a table takes", "[.namespace_bytes]") {
    Emulator emulator;
    Response answer;
    REQUIRE(create_many(emulator, 20, answer) == 20);
    const std::size_t before = memory_bytes(1);
    constexpr int count = 400;
    for (int i = 1000; i < 1000 + count; ++i) {
        REQUIRE(emulator.call("CreateTable", create_request("tab"), numbered(i)).ok());
    }
    CHECK((memory_bytes(1) - before) / count < std::size_t{100} << 10);
}

TEST_CASE("Namespaces: one with a table takes less than 100 KiB", "[namespaces]") {
    if (is_sanitized) {
        WARN("not measured: a sanitizer takes memory of its own");
        return;
    }
    const int result = in_child([] {
        std::freopen("/dev/null", "w", stdout);
        return execl("/proc/self/exe", "tests", "[.namespace_bytes]", nullptr);
    });
    CHECK(result == 0);
}

TEST_CASE("Namespaces: a first map that is full grows without a word", "[namespaces]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
    const std::string filling(100000, 'x');
    for (int i = 0; i < 100; ++i) {
        REQUIRE(emulator
                    .call("PutItem", R"({"TableName":"tab","Item":{"id":{"S":")" + std::to_string(i) +
                                         R"("},"f":{"S":")" + filling + R"("}}})")
                    .ok());
    }
    CHECK_THAT(emulator.call("DescribeTable", table_request("tab")).body, has_json("/Table/ItemCount", "100"));
}
