// minamo_replay --endpoint http://host:port CASES.json ...: replays conformance cases against any endpoint and says
// which fail. Exit status 0: all passed; 1: some failed; 2: it could not run.
#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "conformance/replay/failures.hpp"
#include "conformance/replay/http_door.hpp"

namespace {

using namespace minamo::conformance;

int usage() {
    std::fputs("usage: minamo_replay --endpoint http://host:port [--only TEXT] CASES.json ...\n", stderr);
    return 2;
}

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
    std::string endpoint;
    std::string only;
    std::vector<std::string> files;
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        if ((argument == "--endpoint" || argument == "--only") && i + 1 < count) {
            (argument == "--only" ? only : endpoint) = arguments[++i];
        } else if (argument.starts_with("--")) {
            return usage();
        } else {
            files.push_back(argument);
        }
    }
    if (endpoint.empty() || files.empty()) return usage();
    try {
        return replay(endpoint, only, files);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 2;
    }
}
