// The grammars themselves: PEGTL's analysis finds rules that could loop without consuming a token.
#include "grammar/rules.hpp"

#include <tao/pegtl/contrib/analyze.hpp>

#include "tests/support.hpp"

namespace minamo::grammar {

TEST_CASE("Rules: no grammar can loop", "[grammar][rules]") {
    CHECK(tao::pegtl::analyze<rules::condition_text>() == 0);
    CHECK(tao::pegtl::analyze<rules::update_text>() == 0);
    CHECK(tao::pegtl::analyze<rules::projection_text>() == 0);
}

}  // namespace minamo::grammar
