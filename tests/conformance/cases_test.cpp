// Every conformance case, at both doors: embedded, and over HTTP.
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "conformance/replay/failures.hpp"
#include "conformance/replay/http_door.hpp"
#include "minamo/emulator.hpp"
#include "tests/support.hpp"

namespace {

using namespace minamo;

std::vector<std::string> case_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(MINAMO_SOURCE_DIR "/conformance/cases")) {
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    }
    return files;
}

void run_all(const conformance::Door& door) {
    const auto files = case_files();
    REQUIRE_FALSE(files.empty());
    conformance::Failures failures;
    std::size_t passed = 0;
    for (const std::string& path : files) {
        for (conformance::CaseResult& result : conformance::CaseFile(path).run(door)) {
            result.name.insert(0, std::filesystem::path(path).filename().string() + ": ");
            if (result.failure.empty()) {
                ++passed;
            } else {
                failures.add(result);
            }
        }
    }
    for (const std::string& sentence : failures.sentences()) UNSCOPED_INFO(sentence);
    CHECK(failures.count() == 0);
    CHECK(passed > 3000);
}

// Descriptors of this process.
std::size_t open_files() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("Cases: embedded, every answer is as written", "[cases]") {
    Emulator emulator;
    const std::size_t open_before = open_files();
    const auto call = [&](const std::string& operation, const std::string& body, const std::string& account) {
        const Response response = emulator.call(operation, body, {account, "us-east-1"});
        return conformance::Reply{response.status, response.body};
    };
    const auto give_back = [&](const std::string& account) {
        emulator.reset({account, "us-east-1"});
        return true;
    };
    run_all({call, give_back});
    CHECK(open_files() == open_before);
}

TEST_CASE("Cases: over HTTP, every answer is as written", "[cases]") {
    Emulator emulator;
    Server server = emulator.serve();
    const std::size_t open_before = open_files();
    run_all(conformance::http_door(server.endpoint()));
    CHECK(open_files() <= open_before + 2);  // the connection, at both ends
}
