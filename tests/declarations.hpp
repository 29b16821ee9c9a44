// Which functions a file declares and which it defines, as far as its text tells: no compiler is asked.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace minamo::shape {

// Overloads are told apart by their number of parameters.
struct Function {
    std::string scope;  // the innermost class; empty: a namespace
    std::string name;
    int parameters = 0;
    friend auto operator<=>(const Function&, const Function&) = default;
};

struct Functions {
    std::vector<Function> declared;  // and not defined in the same place
    std::vector<Function> defined;   // deleted, defaulted and pure ones, too
};

Functions functions_of(const std::string& text);

}  // namespace minamo::shape
