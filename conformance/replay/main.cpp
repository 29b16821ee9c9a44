// minamo_replay --endpoint http://host:port CASES.json ...: replays conformance cases against any endpoint and says
// which fail. Exit status 0: all passed; 1: some failed; 2: it could not run.
#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "conformance/replay/case.hpp"
#include "conformance/replay/failures.hpp"
#include "conformance/replay/http_door.hpp"

namespace {

using namespace minamo::conformance;

int replay(const std::string& endpoint, const std::string& only, const std::vector<std::string>& files) {
    const Door door = http_door(endpoint);
    std::size_t passed = 0;
    Failures failures;
    for (const std::string& file : files) {
        for (const CaseResult& result : CaseFile(file).run(door, only)) {
            if (result.failure.empty()) {
                ++passed;
            } else {
                failures.add(result);
            }
        }
    }
    for (const std::string& sentence : failures.sentences()) std::printf("FAILED %s\n", sentence.c_str());
    std::printf("%zu passed, %zu failed\n", passed, failures.count());
    return failures.count() == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        CLI::App app("Replays conformance cases against any endpoint, and says which fail.", "minamo_replay");
        std::string endpoint;
        std::string only;
        std::vector<std::string> files;
        app.add_option("--endpoint", endpoint, "http://host:port")->required();
        app.add_option("--only", only, "only cases whose name contains this text");
        app.add_option("FILES", files, "case files")->required();
        try {
            app.parse(count, arguments);
        } catch (const CLI::ParseError& fault) {
            return app.exit(fault) == 0 ? 0 : 2;
        }
        return replay(endpoint, only, files);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 2;
    }
}
