// Failures are few kinds, or the run is short: a search through the kinds will do.
#include "conformance/replay/failures.hpp"

#include <algorithm>

namespace minamo::conformance {
namespace {

// Which call it was does not matter where the endpoint fails by itself.
std::string alike(const std::string& failure) {
    const std::size_t got = failure.find("got 5");
    return got == std::string::npos ? failure : failure.substr(got);
}

}  // namespace

void Failures::add(const CaseResult& result) {
    const std::string text = alike(result.failure);
    auto found = std::ranges::find(kinds_, text, &Kind::text);
    if (found == kinds_.end()) found = kinds_.insert(found, {text, result, 0});
    ++found->count;
}

std::size_t Failures::count() const {
    std::size_t total = 0;
    for (const Kind& kind : kinds_) total += kind.count;
    return total;
}

std::vector<std::string> Failures::sentences() const {
    std::vector<std::string> out;
    for (const Kind& kind : kinds_) {
        std::string text = kind.first.name + " [" + kind.first.rule + "]\n    " + kind.first.failure;
        if (kind.count > 1) text += "\n    and " + std::to_string(kind.count - 1) + " more cases fail alike";
        out.push_back(std::move(text));
    }
    return out;
}

}  // namespace minamo::conformance
