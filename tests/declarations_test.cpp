// What headers declare is defined somewhere, and a type once.
#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/declarations.hpp"
#include "tests/sources.hpp"
#include "tests/support.hpp"

using minamo::shape::Function;
using minamo::shape::Functions;
using minamo::shape::functions_of;
using minamo::shape::Source;
using minamo::shape::sources;

namespace {

std::string told(const std::vector<Function>& functions) {
    std::string out;
    for (const Function& each : functions) {
        if (!out.empty()) out += ' ';
        if (!each.scope.empty()) out += each.scope + "::";
        out += each.name + "/" + std::to_string(each.parameters);
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out.append(line).append("\n");
    return out;
}

}  // namespace

TEST_CASE("Declarations: what a text declares is told from what it defines", "[tidy]") {
    struct Row {
        const char* text;
        const char* declared;
        const char* defined;
    };
    const Row rows[] = {
        {"void f();", "f/0", ""},
        {"void f() {}", "", "f/0"},
        {"namespace n { int f(int a, std::map<int, int> b = {1, 2}); }", "f/2", ""},
        {"class C { void f() const; int g() { return h(); } };", "C::f/0", "C::g/0"},
        {"void C::f() const { if (a(1)) b(); }", "", "C::f/0"},
        {"C::C(int a) : a_(a), b_{f(a)} { g(); } void h();", "h/0", "C::C/1"},
        {"struct S : public T<int, int> { ~S(); S() = default; virtual void v() = 0; };", "S::~S/0", "S::S/0 S::v/0"},
        {"struct S { friend bool operator==(const S&, const S&); void operator()(int); };",
         "operator==/2 S::operator()/1", ""},
        {"auto f(int x) noexcept -> std::pair<int, int>; [[nodiscard]] bool g();", "f/1 g/0", ""},
        {"template <class A, class B> void f(A&&, B&&);", "f/2", ""},
        {"using F = std::function<bool(int)>; struct S { std::function<R(int, int)> call; R (*get)(int); };", "", ""},
        {"const int x = f(1); enum class E { a, b }; static_assert(sizeof(int) == 4);", "", ""},
        {"// void f();\n/* void g(); */\n#define H void h()\n", "", ""},
        {R"x(const char* const a = R"(void f();)"; const char b = '"'; void g();)x", "g/0", ""},
        {"class A; class B final { class C { void f(); }; void g(); }; void h();", "C::f/0 B::g/0 h/0", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const Functions found = functions_of(row.text);
        CHECK(told(found.declared) == row.declared);
        CHECK(told(found.defined) == row.defined);
    }
}

TEST_CASE("Sources: what a header declares is defined", "[tidy]") {
    std::set<Function> defined;
    std::vector<std::pair<std::string, Function>> declared;
    for (const Source& source : sources()) {
        const Functions found = functions_of(joined(source.lines));
        defined.insert(found.defined.begin(), found.defined.end());
        if (!source.path.ends_with(".hpp")) continue;
        for (const Function& each : found.declared) declared.emplace_back(source.path, each);
    }
    CHECK(declared.size() > 500);
    for (const auto& [path, function] : declared) {
        if (!defined.contains(function)) FAIL_CHECK(path << ": " << told({function}) << " is defined nowhere");
    }
}

// The compiler sees no second type of a name, nor does the linker: it takes one's functions for both.
TEST_CASE("Sources: a name in a namespace is one type's", "[tidy]") {
    const std::regex opened("^namespace ([a-z_:]*) ?\\{$");
    const std::regex type("^(?:struct|class|enum class) (?:MINAMO_API )?(\\w+)(?: final)?(?: : [^;]*)? \\{.*");
    std::map<std::string, std::string> paths;
    for (const Source& source : sources()) {
        if (source.path.starts_with("tests/")) continue;
        std::vector<std::string> scopes;
        for (const std::string& line : source.lines) {
            std::smatch found;
            if (std::regex_match(line, found, opened)) scopes.push_back(found[1]);
            if (line.starts_with("}  // namespace") && !scopes.empty()) scopes.pop_back();
            const bool is_local = std::ranges::find(scopes, "") != scopes.end();
            if (is_local || !std::regex_match(line, found, type)) continue;
            std::string name = found[1];
            for (const std::string& scope : scopes) name.insert(0, scope + "::");
            const auto [known, is_new] = paths.emplace(name, source.path);
            if (!is_new && known->second != source.path) {
                FAIL_CHECK(source.path << " has another " << name << " than " << known->second);
            }
        }
    }
    CHECK(paths.size() > 200);
}
