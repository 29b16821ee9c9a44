// Beside the open parser of PartiQL, whose syntax texts DynamoDB uses: the same statements to both.
//
//   minamo_statement_oracle make SEED COUNT                              writes statements, one a line
//   minamo_statement_oracle compare STATEMENTS ANSWERS DIFFERENCES       reads the answers of OpenParser.java
//
// A line has "\\", "\n" and "\r" for what would break it. What may differ is in differences.txt.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/statements/statement.hpp"
#include "tests/grammar/statements/make_statements.hpp"

namespace minamo::grammar {
namespace {

std::string to_line(std::string_view statement) {
    std::string out;
    for (const char c : statement) {
        if (c == '\\' || c == '\n' || c == '\r') out += '\\';
        out += c == '\n' ? 'n' : c == '\r' ? 'r' : c;
    }
    return out;
}

std::string from_line(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\') {
            out += line[i];
            continue;
        }
        ++i;
        out += line[i] == 'n' ? '\n' : line[i] == 'r' ? '\r' : line[i];
    }
    return out;
}

std::vector<std::string> read_lines(const char* path) {
    std::ifstream in(path);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

std::string answer(std::string_view statement) {
    const ParsedStatement parsed = parse_statement(statement);
    if (parsed) return "ok";
    const StatementFault& fault = parsed.error();
    if (fault.reason.empty()) return "lexer";
    return "fault\t" + fault.reason + "\t" + std::to_string(fault.at.line) + "\t" + std::to_string(fault.at.column);
}

struct Difference {
    std::regex theirs;
    std::regex ours;
};

std::vector<Difference> read_differences(const char* path) {
    constexpr std::string_view separator = " => ";
    std::vector<Difference> out;
    for (const std::string& line : read_lines(path)) {
        if (line.empty() || line.starts_with('#')) continue;
        const std::size_t first = line.find(separator);
        const std::size_t second = line.find(separator, first + 1);
        const std::size_t ours = first + separator.size();
        out.push_back({std::regex(line.substr(0, first)), std::regex(line.substr(ours, second - ours))});
    }
    return out;
}

bool is_allowed(const std::vector<Difference>& differences, const std::string& theirs, const std::string& ours) {
    for (const Difference& difference : differences) {
        if (std::regex_match(theirs, difference.theirs) && std::regex_match(ours, difference.ours)) return true;
    }
    return false;
}

int compare(const char* statements_path, const char* answers_path, const char* differences_path) {
    const std::vector<std::string> statements = read_lines(statements_path);
    const std::vector<std::string> answers = read_lines(answers_path);
    const std::vector<Difference> differences = read_differences(differences_path);
    if (statements.empty() || statements.size() != answers.size()) {
        std::cerr << statements.size() << " statements, " << answers.size() << " answers\n";
        return EXIT_FAILURE;
    }
    std::size_t right = 0;
    std::size_t allowed = 0;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const std::string ours = answer(from_line(statements[i]));
        if (answers[i] == "ok") ++right;
        if (ours == answers[i]) continue;
        if (is_allowed(differences, answers[i], ours)) {
            ++allowed;
            continue;
        }
        ++wrong;
        std::cerr << statements[i] << "\n    the open parser: " << answers[i] << "\n    we:              " << ours
                  << '\n';
    }
    std::cout << statements.size() << " statements, " << right << " of them right: " << wrong << " differ, " << allowed
              << " may\n";
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int run(std::span<char*> arguments) {
    const std::string_view verb = arguments.size() > 1 ? arguments[1] : "";
    if (verb == "make" && arguments.size() == 4) {
        const auto seed = static_cast<std::uint32_t>(std::stoul(arguments[2]));
        for (const std::string& statement : make_statements(seed, std::stoul(arguments[3]))) {
            std::cout << to_line(statement) << '\n';
        }
        return EXIT_SUCCESS;
    }
    if (verb == "compare" && arguments.size() == 5) return compare(arguments[2], arguments[3], arguments[4]);
    std::cerr << "make SEED COUNT, or compare STATEMENTS ANSWERS DIFFERENCES\n";
    return EXIT_FAILURE;
}

}  // namespace
}  // namespace minamo::grammar

int main(int argc, char** argv) {
    return minamo::grammar::run(std::span(argv, static_cast<std::size_t>(argc)));
}
