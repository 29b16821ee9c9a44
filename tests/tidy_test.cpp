// The shape of the project, checked: sizes, names, which folder may include which, and that every source is in the
// build.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <rapidjson/document.h>

#include "tests/sources.hpp"
#include "tests/support.hpp"

namespace fs = std::filesystem;
using minamo::shape::Source;
using minamo::shape::sources;

namespace {

constexpr std::size_t file_lines_max = 500;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t line_columns_max = 120;

const fs::path root = MINAMO_SOURCE_DIR;

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string folder_of(const std::string& path) {
    return path.substr(0, path.find('/'));
}

// Characters, not bytes: UTF-8 continuation bytes do not count.
std::size_t columns(const std::string& line) {
    return static_cast<std::size_t>(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::string> includes(const Source& source) {
    static const std::regex pattern("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
    std::vector<std::string> out;
    for (const std::string& line : source.lines) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) out.push_back(match[1]);
    }
    return out;
}

// Where a folder may include from, besides itself. "minamo" are the public headers, in the folder include.
const std::map<std::string, std::set<std::string>> edges = {
    {"minamo", {}},
    {"include", {"minamo"}},
    {"grammar", {}},
    {"storage", {}},
    {"emulator", {"minamo", "grammar", "storage"}},
    {"conformance", {}},
    {"command_line", {"minamo", "emulator", "conformance"}},
    {"tests", {"minamo", "grammar", "storage", "emulator", "conformance", "command_line"}},
};

// The rooms of emulator/ and the files beside them, from the bottom up: each may include what stands before it. Public
// headers have the places that they would have there.
const std::vector<std::string> rooms = {
    "visibility.hpp", "limits.hpp",   "clock.hpp",     "clock.cpp",     "options.hpp", "version.hpp", "version.cpp",
    "wire",           "api",          "validation",    "expressions",   "time",        "namespaces",  "world.hpp",
    "world.cpp",      "call.hpp",     "turn.hpp",      "tables",        "streams",     "items",       "queries",
    "statements",     "operations",   "lifecycle.hpp", "lifecycle.cpp", "powers",      "control",     "dispatch.hpp",
    "dispatch.cpp",   "emulator.hpp", "emulator.cpp",  "server",        "testing"};

// The place of "emulator/<room>/...", "emulator/<file>" or "minamo/<file>" among them.
std::ptrdiff_t place_of(const std::string& path) {
    const std::size_t start = path.find('/') + 1;
    const auto found = std::ranges::find(rooms, path.substr(start, path.find('/', start) - start));
    return found - rooms.begin();
}

// The files of storage/, header and source as one, from the bottom up: each may include what stands before it.
const std::vector<std::string> storage_files = {"faults",
                                                "varint",
                                                "big_endian",
                                                "decimal",
                                                "value",
                                                "encoded_number",
                                                "encoded_reader",
                                                "item_codec",
                                                "row_codec",
                                                "schema",
                                                "key_codec",
                                                "key_range",
                                                "range_bounds",
                                                "index_edits",
                                                "file_lock",
                                                "lmdb",
                                                "page_check",
                                                "counters",
                                                "due",
                                                "stream",
                                                "catalog",
                                                "table_trees",
                                                "table_counters",
                                                "journal_rows",
                                                "journal_head",
                                                "store_state",
                                                "store_options",
                                                "store_open",
                                                "journal_records",
                                                "expiry_rows",
                                                "store",
                                                "range",
                                                "record_cursor",
                                                "write",
                                                "expiry",
                                                "journal"};

// The place of "storage/<file>" among them.
std::ptrdiff_t place_in_storage(const std::string& path) {
    return std::ranges::find(storage_files, fs::path(path).stem().string()) - storage_files.begin();
}

// Libraries that few files may see: pattern of the include -> pattern of the files.
const std::vector<std::pair<std::regex, std::regex>> doors = {
    {std::regex("^tao/"),
     std::regex("^grammar/(parse_[a-z]+\\.cpp|rules\\.hpp|statements/[a-z]+_rules\\.hpp)$|^tests/grammar/")},
    {std::regex("^lmdb\\.h$"),
     std::regex("^storage/lmdb\\.(hpp|cpp)$|^tests/bench/|^tests/storage/damage_test\\.cpp$")},
    {std::regex("^boost/"), std::regex("^emulator/(server/|wire/uuid\\.cpp$)|^tests/bench/|^tests/fuzz/")},
    {std::regex("^CLI/"), std::regex("^command_line/(main|arguments)\\.cpp$|^conformance/replay/main\\.cpp$")},
    {std::regex("^curl/"), std::regex("^conformance/replay/http_door\\.cpp$")},
    {std::regex("^catch2/"), std::regex("^tests/(main\\.cpp|support\\.hpp)$|^include/minamo/testing/catch2\\.hpp$")},
    {std::regex("^rapidjson/"),
     std::regex("^emulator/(wire/json\\.(hpp|cpp)|validation/[a-z_]*\\.cpp)$|^conformance/|^tests/")},
};

}  // namespace

TEST_CASE("Sources: files stay within their cap", "[tidy]") {
    for (const Source& source : sources()) {
        CAPTURE(source.path);
        CHECK(source.lines.size() <= file_lines_max);
    }
}

TEST_CASE("Sources: lines stay within their cap", "[tidy]") {
    for (const Source& source : sources()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (columns(source.lines[i]) <= line_columns_max) continue;
            if (source.lines[i].find("R\"") != std::string::npos) continue;
            FAIL_CHECK(source.path << ":" << i + 1 << " has " << columns(source.lines[i]) << " columns");
        }
    }
}

namespace {

std::size_t indent(const std::string& line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

// Where the declaration that line `i` ends begins: lines before it that end no statement and open no block belong to
// it.
std::size_t declaration_start(const std::vector<std::string>& lines, std::size_t i) {
    const auto ends = [](const std::string& line) {
        return line.empty() || line.find_last_of(";{}:") == line.size() - 1 || line.find("//") != std::string::npos;
    };
    while (i > 0 && !ends(lines[i - 1])) --i;
    return i;
}

}  // namespace

TEST_CASE("Sources: functions stay within their cap", "[tidy]") {
    // A body starts at a line that has a ')' and ends in '{', and ends at a brace with the indent of its declaration.
    static const std::regex opening("^\\s*[A-Za-z_~:].*\\)[^;]*\\{$");
    static const std::regex no_function(
        "^\\s*(namespace|struct|class|enum|union|extern|if|for|while|switch|else|do|:)\\b");
    for (const Source& source : sources()) {
        if (folder_of(source.path) == "tests") continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string& line = source.lines[i];
            if (std::regex_search(line, no_function) || !std::regex_match(line, opening)) continue;
            const std::size_t start = declaration_start(source.lines, i);
            const std::string close = std::string(indent(source.lines[start]), ' ') + "}";
            std::size_t end = i + 1;
            while (end < source.lines.size() && source.lines[end].rfind(close, 0) != 0) ++end;
            if (end - start + 1 > function_lines_max)
                FAIL_CHECK(source.path << ":" << i + 1 << " spans " << end - start + 1);
        }
    }
}

TEST_CASE("Sources: every file opens with what it is", "[tidy]") {
    for (const Source& source : sources()) {
        CAPTURE(source.path);
        REQUIRE_FALSE(source.lines.empty());
        CHECK(source.lines.front().rfind("// ", 0) == 0);
    }
}

TEST_CASE("Sources: folders include in one direction", "[tidy]") {
    for (const Source& source : sources()) {
        const std::string folder = folder_of(source.path);
        for (const std::string& include : includes(source)) {
            const std::string other = folder_of(include);
            if (!edges.contains(other) || other == folder) continue;
            if (!edges.at(folder).contains(other)) FAIL_CHECK(source.path << " includes " << include);
        }
    }
}

TEST_CASE("Sources: rooms use those below them", "[tidy]") {
    const auto unknown = static_cast<std::ptrdiff_t>(rooms.size());
    for (const Source& source : sources()) {
        if (folder_of(source.path) != "emulator") continue;
        const std::ptrdiff_t place = place_of(source.path);
        if (place == unknown) FAIL_CHECK(source.path << " is in no room that is known here");
        for (const std::string& include : includes(source)) {
            const bool in_a_room = folder_of(include) == "emulator" || folder_of(include) == "minamo";
            if (in_a_room && place_of(include) > place) {
                FAIL_CHECK(source.path << " includes " << include);
            }
        }
    }
}

TEST_CASE("Sources: files of storage use those below them", "[tidy]") {
    const auto unknown = static_cast<std::ptrdiff_t>(storage_files.size());
    for (const Source& source : sources()) {
        if (folder_of(source.path) != "storage") continue;
        const std::ptrdiff_t place = place_in_storage(source.path);
        if (place == unknown) FAIL_CHECK(source.path << " has no place that is known here");
        for (const std::string& include : includes(source)) {
            if (folder_of(include) == "storage" && place_in_storage(include) > place) {
                FAIL_CHECK(source.path << " includes " << include);
            }
        }
    }
}

TEST_CASE("Sources: libraries stay behind their doors", "[tidy]") {
    for (const Source& source : sources()) {
        for (const std::string& include : includes(source)) {
            for (const auto& [library, files] : doors) {
                if (!std::regex_search(include, library) || std::regex_search(source.path, files)) continue;
                FAIL_CHECK(source.path << " includes " << include);
            }
        }
    }
}

TEST_CASE("Sources: public headers include the standard library and each other only", "[tidy]") {
    for (const Source& source : sources()) {
        if (folder_of(source.path) != "include") continue;
        for (const std::string& include : includes(source)) {
            const bool own = folder_of(include) == "minamo";
            const bool standard = include.find('/') == std::string::npos && include.find(".h") == std::string::npos;
            const bool framework = source.path == "include/minamo/testing/" + folder_of(include) + ".hpp";
            if (!own && !standard && !framework) FAIL_CHECK(source.path << " includes " << include);
        }
    }
}

TEST_CASE("Sources: no unfinished work is marked in the code", "[tidy]") {
    static const std::regex marks(
        "\\b(TO"
        "DO|FIX"
        "ME|XX"
        "X|HA"
        "CK)\\b");
    for (const Source& source : sources()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (std::regex_search(source.lines[i], marks)) FAIL_CHECK(source.path << ":" << i + 1);
        }
    }
}

namespace {

// The sources that the build compiles, from the root: those of all targets, built by default or not.
std::set<std::string> compiled_sources() {
    rapidjson::Document book;
    book.Parse(read_all(fs::path(MINAMO_BINARY_DIR) / "compile_commands.json").c_str());
    REQUIRE(book.IsArray());
    std::set<std::string> out;
    for (const auto& entry : book.GetArray()) {
        out.insert(fs::path(entry["file"].GetString()).lexically_relative(root).generic_string());
    }
    return out;
}

// A build without clang's libFuzzer or without GoogleTest leaves these out, and some are a project of their own: the
// list in their own folder must name them.
bool is_optional(const std::string& path) {
    return path.starts_with("tests/fuzz/") || path.starts_with("tests/install/project/") ||
           path == "tests/emulator/testing/gtest_fixture_test.cpp";
}

bool list_names(const std::string& path) {
    const fs::path file = root / path;
    std::istringstream words(read_all(file.parent_path() / "CMakeLists.txt"));
    for (std::string word; words >> word;) {
        word.erase(word.find_last_not_of(')') + 1);
        if (word == file.filename()) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("Build: every source is in it", "[tidy]") {
    const std::set<std::string> compiled = compiled_sources();
    for (const Source& source : sources()) {
        if (!source.path.ends_with(".cpp")) continue;
        CAPTURE(source.path);
        CHECK((compiled.contains(source.path) || (is_optional(source.path) && list_names(source.path))));
    }
}

namespace {

// What a hunk of a patch finds: its lines without those that it adds. patch may leave out two of three lines around.
struct Hunk {
    std::string path;
    std::vector<std::string> lines;
};

std::vector<Hunk> hunks_of(const fs::path& patch) {
    std::vector<Hunk> out;
    std::string path;
    for (const std::string& line : minamo::shape::read_lines(patch)) {
        if (line.starts_with("--- a/")) {
            path = line.substr(6);
        } else if (line.starts_with("@@ ")) {
            out.push_back({path, {}});
        } else if (!out.empty() && !line.starts_with('+')) {
            out.back().lines.push_back(line.substr(std::min<std::size_t>(line.size(), 1)));
        }
    }
    for (Hunk& hunk : out) {
        if (hunk.lines.size() > 4) hunk.lines = {hunk.lines.begin() + 2, hunk.lines.end() - 2};
    }
    return out;
}

}  // namespace

TEST_CASE("Seeded defects: patches still find what they change", "[tidy]") {
    int patches = 0;
    for (const auto& entry : fs::directory_iterator(root / "tests/defects")) {
        if (entry.path().extension() != ".patch") continue;
        ++patches;
        const std::vector<Hunk> hunks = hunks_of(entry.path());
        CAPTURE(entry.path().filename().string());
        CHECK_FALSE(hunks.empty());
        for (const Hunk& hunk : hunks) {
            const std::vector<std::string> lines = minamo::shape::read_lines(root / hunk.path);
            CHECK_FALSE(std::ranges::search(lines, hunk.lines).empty());
        }
    }
    CHECK(patches > 0);
}
