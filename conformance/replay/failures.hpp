// What failed, each thing told once: an endpoint that fails at every case for one reason is one sentence, not
// thousands.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"

namespace minamo::conformance {

class Failures {
public:
    // Takes a case that failed. Cases fail alike where what came back is the same text, or the same answer of the 500s.
    void add(const CaseResult& result);

    std::size_t count() const;
    // One text for each way to fail: the first case in full, and how many more fail alike.
    std::vector<std::string> sentences() const;

private:
    struct Kind {
        std::string text;
        CaseResult first;
        std::size_t count = 0;
    };
    std::vector<Kind> kinds_;
};

}  // namespace minamo::conformance
