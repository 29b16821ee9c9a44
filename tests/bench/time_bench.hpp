// What streams and time to live cost.
#pragma once

namespace minamo::bench {

// Prints a line per figure, a rate per second unless its name says otherwise: put, put_streamed, records_read, get,
// get_expiring, expired_100k_ms.
void measure_time();

}  // namespace minamo::bench
