// The API tables as JSON, for `minamo api`, conformance/check_model and the coverage table of the README.
//
//   {"operations": [{"name", "plane", "streams", "writes", "support", "members": [member ...]} ...],
//    "structures": {"AttributeValue": [member ...], ...}}
//
//   member   {"name", "required", "support"} and those of its shape
//   shape    {"kind"} and where they apply "shape" (a name in structures), "element" (a shape), "key" (a shape),
//            "min", "max", "pattern", "values" ("[A, B]")
#pragma once

#include "emulator/wire/json.hpp"

namespace minamo {

void dump_api(json::Writer& out);

}  // namespace minamo
