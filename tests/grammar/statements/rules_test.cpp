// The rules of tokens and of Ion text: PEGTL's analysis finds rules that could loop without consuming a byte.
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/statements/ion_rules.hpp"
#include "grammar/statements/statement_rules.hpp"
#include "tests/support.hpp"

namespace minamo::grammar::statements {

TEST_CASE("Statement rules: no rule can loop", "[grammar][statements]") {
    CHECK(tao::pegtl::analyze<rules::tokens>() == 0);
    CHECK(tao::pegtl::analyze<ion::one_value>() == 0);
}

}  // namespace minamo::grammar::statements
