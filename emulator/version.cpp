// The build knows it.
#include "minamo/version.hpp"

namespace minamo {

std::string_view version() {
    return MINAMO_VERSION;
}

}  // namespace minamo
