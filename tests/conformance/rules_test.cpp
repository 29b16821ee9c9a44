// Cases and behaviour hold together: each case names a rule that is written in conformance/behaviour, and the rows of
// the data plane's tables that no case shows are listed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "tests/support.hpp"

namespace fs = std::filesystem;

namespace {

const fs::path behaviour = MINAMO_SOURCE_DIR "/conformance/behaviour";
const char* const data_plane[] = {"expressions.md", "indexes.md",         "numbers-and-sizes.md",
                                  "partiql.md",     "streams-and-ttl.md", "validation.md"};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// "FILE.md / SECTION / ROW": the file and the row.
struct Rule {
    std::string file;
    std::string row;
};

Rule parse(const std::string& rule) {
    const std::size_t first = rule.find(" / ");
    if (first == std::string::npos) return {rule, {}};
    const std::size_t section_end = rule.find(" / ", first + 3);
    return {rule.substr(0, first), rule.substr((section_end == std::string::npos ? first : section_end) + 3)};
}

std::vector<std::string> rules() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(MINAMO_SOURCE_DIR "/conformance/cases")) {
        if (entry.path().extension() != ".json") continue;
        for (std::string& rule : minamo::conformance::CaseFile(entry.path().string()).rules())
            out.push_back(std::move(rule));
    }
    return out;
}

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// First cells of all table rows of a file; heads of tables and lines between head and body left out.
std::vector<std::string> rows(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        if (line.rfind("|--", 0) == 0 || line.rfind("| ---", 0) == 0) {
            if (!out.empty()) out.pop_back();
        } else if (line.rfind("| ", 0) == 0) {
            out.push_back(trimmed(line.substr(1, line.find(" |", 1) - 1)));
        }
    }
    return out;
}

bool shows(const std::string& named, const std::string& row) {
    return named.find(row) != std::string::npos || (named.size() > 3 && row.find(named) != std::string::npos);
}

// "FILE.md: ROW", those that no case shows.
std::set<std::string> rows_without_case() {
    std::map<std::string, std::set<std::string>> named;
    for (const std::string& rule : rules()) {
        const Rule parsed = parse(rule);
        named[parsed.file].insert(parsed.row);
    }
    std::set<std::string> out;
    for (const char* file : data_plane) {
        const std::vector<std::string> all = rows(read(behaviour / file));
        REQUIRE_FALSE(all.empty());
        for (const std::string& row : all) {
            const auto& known = named[file];
            if (std::ranges::any_of(known, [&](const std::string& name) { return shows(name, row); })) continue;
            out.insert(std::string(file) + ": " + row);
        }
    }
    return out;
}

// rows_without_case.txt: one a line.
std::set<std::string> listed_rows() {
    std::set<std::string> out;
    std::istringstream lines(read(MINAMO_SOURCE_DIR "/tests/conformance/rows_without_case.txt"));
    for (std::string line; std::getline(lines, line);) out.insert(line);
    return out;
}

}  // namespace

TEST_CASE("Rules: each case names a file of conformance/behaviour", "[rules]") {
    for (const std::string& rule : rules()) {
        CAPTURE(rule);
        CHECK(fs::exists(behaviour / parse(rule).file));
    }
}

TEST_CASE("Rules: rows of the data plane without a case are those that are listed", "[rules]") {
    constexpr std::size_t listed_max = 65;  // never more: write a case instead
    const std::set<std::string> without = rows_without_case();
    const std::set<std::string> listed = listed_rows();
    CHECK(listed.size() <= listed_max);
    for (const std::string& row : without) {
        if (!listed.contains(row)) FAIL_CHECK("No case shows this row, write one: " << row);
    }
    for (const std::string& row : listed) {
        if (!without.contains(row)) FAIL_CHECK("Take this row out of rows_without_case.txt, it has a case: " << row);
    }
}
