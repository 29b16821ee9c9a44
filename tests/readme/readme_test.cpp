// What the README says of the API is what the API table says.
#include <fstream>
#include <sstream>
#include <string>

#include "emulator/api/operations.hpp"
#include "tests/support.hpp"

using namespace minamo;

namespace {

std::string readme() {
    std::ifstream in(MINAMO_SOURCE_DIR "/README.md");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string row_of(std::string_view name, std::span<const api::Operation> operations, auto&& belongs) {
    std::string built;
    std::string refused;
    int built_count = 0;
    int count = 0;
    for (const api::Operation& operation : operations) {
        if (!belongs(operation)) continue;
        ++count;
        std::string& list = operation.support != minamo::api::Support::refused ? built : refused;
        built_count += operation.support != api::Support::refused;
        list.append(list.empty() ? "" : ", ").append(operation.name);
    }
    std::string row = "| ";
    row.append(name).append(" | ").append(std::to_string(built_count)).append(" of ").append(std::to_string(count));
    return row.append(" | ")
        .append(built.empty() ? "–" : built)
        .append(" | ")
        .append(refused.empty() ? "–" : refused)
        .append(" |\n");
}

std::string coverage_table() {
    const auto all = api::operations();
    const auto plane = [](api::Plane wanted) {
        return [wanted](const api::Operation& operation) { return !operation.streams && operation.plane == wanted; };
    };
    return "| operations | built | answered | refused with a sentence |\n|---|---|---|---|\n" +
           row_of("items", all, plane(api::Plane::data)) +
           row_of("tables and settings", all, plane(api::Plane::control)) +
           row_of("account", all, plane(api::Plane::account)) +
           row_of("streams", all, [](const api::Operation& operation) { return operation.streams; });
}

}  // namespace

TEST_CASE("README: the coverage table is that of the API", "[readme]") {
    const std::string expected = coverage_table();
    if (readme().find(expected) == std::string::npos) FAIL("README.md should have this table:\n" << expected);
    SUCCEED();
}
