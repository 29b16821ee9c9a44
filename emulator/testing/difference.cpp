// Differences in the manner of diff: "-" before what is expected and not there, "+" before what is there instead. Rows
// are compared leaf by leaf, so that one attribute deep in a map is one line.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "emulator/wire/json.hpp"
#include "minamo/testing/table.hpp"

namespace minamo::test {
namespace {

using Lines = std::vector<std::string>;

// One line for each value that has no others in it: its path, and itself.
void append_leaves(Lines& out, const std::string& path, const json::Value& attribute) {
    const auto& [type, value] = *attribute.MemberBegin();
    if (json::text(type) == "M" && value.MemberCount() > 0) {
        for (const auto& [name, member] : value.GetObject()) {
            append_leaves(out, path + "." + std::string(json::text(name)), member);
        }
    } else if (json::text(type) == "L" && !value.Empty()) {
        for (unsigned i = 0; i < value.Size(); ++i) {
            append_leaves(out, path + "[" + std::to_string(i) + "]", value[i]);
        }
    } else {
        out.push_back(path + " " + json::to_text(attribute));
    }
}

Lines leaves(const Row& row) {
    Lines out;
    json::Document document;
    for (const auto& [name, attribute] : document.parse(row.json())->GetObject()) {
        append_leaves(out, std::string(json::text(name)), attribute);
    }
    return out;
}

Lines texts(const std::vector<Row>& rows) {
    Lines out;
    for (const Row& row : rows) out.push_back(row.json());
    return out;
}

// The longest common subsequence of what follows [i] and [j]: its length for all i and j. Empty where that would take
// too long: then nothing counts as common.
class Common {
public:
    Common(const Lines& expected, const Lines& found) : columns_(found.size() + 1) {
        constexpr std::size_t cells_max = 4'000'000;
        if (expected.size() + 1 > cells_max / columns_) return;
        lengths_.resize((expected.size() + 1) * columns_);
        for (std::size_t i = expected.size(); i-- > 0;) {
            for (std::size_t j = found.size(); j-- > 0;) {
                lengths_[i * columns_ + j] =
                    expected[i] == found[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
            }
        }
    }
    std::uint32_t at(std::size_t i, std::size_t j) const { return lengths_.empty() ? 0 : lengths_[i * columns_ + j]; }

private:
    std::size_t columns_;
    std::vector<std::uint32_t> lengths_;
};

// What both have begins with two blanks, where it is asked for.
std::string diff(const Lines& expected, const Lines& found, bool with_common) {
    const Common common(expected, found);
    std::string out;
    std::size_t i = 0;
    std::size_t j = 0;
    const auto say = [&out](const char* mark, const std::string& line) { out.append("\n").append(mark).append(line); };
    while (i < expected.size() || j < found.size()) {
        if (i < expected.size() && j < found.size() && expected[i] == found[j]) {
            if (with_common) say("  ", expected[i]);
            ++i, ++j;
        } else if (i < expected.size() && (j == found.size() || common.at(i + 1, j) >= common.at(i, j + 1))) {
            say("- ", expected[i++]);
        } else {
            say("+ ", found[j++]);
        }
    }
    return out;
}

}  // namespace

std::string difference(const std::optional<Row>& found, const Row& expected) {
    if (found == expected) return {};
    std::string out = "expected " + expected.json() + "\nfound    " + (found ? found->json() : "no row");
    if (found) out += diff(leaves(expected), leaves(*found), false);
    return out;
}

std::string difference(const std::vector<Row>& found, const std::vector<Row>& expected) {
    if (found == expected) return {};
    return "expected " + std::to_string(expected.size()) + " rows, found " + std::to_string(found.size()) +
           diff(texts(expected), texts(found), true);
}

}  // namespace minamo::test
