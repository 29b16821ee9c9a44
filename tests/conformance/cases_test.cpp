// Every conformance case, at both doors: embedded, and over HTTP.
#include <filesystem>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "conformance/replay/http_door.hpp"
#include "emulator/emulator.hpp"
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
    for (const std::string& path : files) {
        const conformance::CaseFile file(path);
        for (const conformance::CaseResult& result : file.run(door)) {
            if (result.failure.empty()) {
                SUCCEED();
            } else {
                FAIL_CHECK(std::filesystem::path(path).filename().string()
                           << ": " << result.name << " [" << result.rule << "]\n  " << result.failure);
            }
        }
    }
}

}  // namespace

TEST_CASE("Cases: embedded, every answer is as written", "[cases]") {
    Emulator emulator;
    run_all([&](const std::string& operation, const std::string& body, const std::string& account) {
        const Response response = emulator.call(operation, body, {account, "us-east-1"});
        return conformance::Reply{response.status, response.body};
    });
}

TEST_CASE("Cases: over HTTP, every answer is as written", "[cases]") {
    Emulator emulator;
    Server server = emulator.serve();
    run_all(conformance::http_door(server.endpoint()));
}
