// What `./dev bench` runs in this process: embedded calls beside raw LMDB transactions, and a Beast server that answers
// every request with the same bytes, which is the floor for HTTP.
//
//   minamo_bench embedded     prints one line per figure: NAME PER_SECOND
//   minamo_bench lmdb         the same for one LMDB transaction per operation (memfd, NOSYNC, WRITEMAP, NOLOCK)
//   minamo_bench time         what streams and time to live cost
//   minamo_bench floor PORT   serves until killed
#include <lmdb.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "minamo/emulator.hpp"
#include "tests/bench/floor.hpp"
#include "tests/bench/time_bench.hpp"

namespace {

constexpr int rows = 10000;
constexpr auto round_time = std::chrono::milliseconds(700);

using steady = std::chrono::steady_clock;

// Calls `body(i)` until the time of a round has passed; how many calls a second.
template <class Body>
double per_second(Body&& body) {
    const auto start = steady::now();
    long count = 0;
    while (steady::now() - start < round_time) {
        for (int i = 0; i < 64; ++i) body(static_cast<int>(count++ % rows));
    }
    return static_cast<double>(count) / std::chrono::duration<double>(steady::now() - start).count();
}

void print(const char* name, double rate) {
    std::printf("%s %.0f\n", name, rate);
}

// An item of 100 bytes as DynamoDB counts them.
std::string item(int i) {
    return "{\"pk\":{\"S\":\"user#" + std::to_string(100000 + i) + "\"},\"sk\":{\"N\":\"" + std::to_string(i) +
           "\"},\"name\":{\"S\":\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\"},\"n\":{\"N\":\"" +
           std::to_string(i % 100) + "\"},\"flag\":{\"BOOL\":true}}";
}
std::string key(int i) {
    return "{\"pk\":{\"S\":\"user#" + std::to_string(100000 + i) + "\"},\"sk\":{\"N\":\"" + std::to_string(i) + "\"}}";
}

std::string key_values(int i) {
    return "[{\"S\":\"user#" + std::to_string(100000 + i) + "\"},{\"N\":\"" + std::to_string(i) + "\"}]";
}

void must(const minamo::Response& response) {
    if (!response.ok()) throw std::runtime_error(response.body);
}

void embedded() {
    minamo::Emulator emulator;
    must(emulator.call(
        "CreateTable",
        R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
        {"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
        {"AttributeName":"sk","AttributeType":"N"}]})"));
    print("put", per_second([&](int i) {
              must(emulator.call("PutItem", "{\"TableName\":\"tab\",\"Item\":" + item(i) + "}"));
          }));
    for (int i = 0; i < rows; ++i) must(emulator.call("PutItem", "{\"TableName\":\"tab\",\"Item\":" + item(i) + "}"));
    print("get",
          per_second([&](int i) { must(emulator.call("GetItem", "{\"TableName\":\"tab\",\"Key\":" + key(i) + "}")); }));
    print("update", per_second([&](int i) {
              must(emulator.call("UpdateItem", "{\"TableName\":\"tab\",\"Key\":" + key(i) +
                                                   ",\"UpdateExpression\":\"SET n = n + :one\","
                                                   "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}"));
          }));
    print("select", per_second([&](int i) {
              must(emulator.call(
                  "ExecuteStatement",
                  R"({"Statement":"SELECT * FROM tab WHERE pk = ? AND sk = ?","Parameters":)" + key_values(i) + "}"));
          }));
    print("update_statement", per_second([&](int i) {
              must(emulator.call("ExecuteStatement",
                                 R"({"Statement":"UPDATE tab SET n = n + 1 WHERE pk = ? AND sk = ?","Parameters":)" +
                                     key_values(i) + "}"));
          }));
    long scanned = 0;
    const auto start = steady::now();
    while (steady::now() - start < round_time) {
        std::string from;
        must(emulator.call("Scan", R"({"TableName":"tab","FilterExpression":"n > :v AND flag = :f","Select":"COUNT",
            "ExpressionAttributeValues":{":v":{"N":"1000000000"},":f":{"BOOL":true}}})"));
        scanned += rows;
    }
    print("scan_items", static_cast<double>(scanned) / std::chrono::duration<double>(steady::now() - start).count());
}

void check(int fault) {
    if (fault != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(fault));
}

void raw_lmdb() {
    const int file = memfd_create("bench", MFD_CLOEXEC);
    MDB_env* environment = nullptr;
    check(mdb_env_create(&environment));
    check(mdb_env_set_mapsize(environment, std::size_t{1} << 30));
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    check(mdb_env_open(environment, path.c_str(), MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | MDB_WRITEMAP | MDB_NOTLS,
                       0600));
    MDB_dbi tree = 0;
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment, nullptr, 0, &transaction));
    check(mdb_dbi_open(transaction, nullptr, 0, &tree));
    check(mdb_txn_commit(transaction));
    std::string value(100, 'x');
    const auto key_of = [](int i) { return "key" + std::to_string(100000 + i * 7919 % rows); };
    print("lmdb_put", per_second([&](int i) {
              std::string name = key_of(i);
              MDB_val k{name.size(), name.data()};
              MDB_val v{value.size(), value.data()};
              check(mdb_txn_begin(environment, nullptr, 0, &transaction));
              check(mdb_put(transaction, tree, &k, &v, 0));
              check(mdb_txn_commit(transaction));
          }));
    print("lmdb_get", per_second([&](int i) {
              std::string name = key_of(i);
              MDB_val k{name.size(), name.data()};
              MDB_val v{};
              check(mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction));
              const int found = mdb_get(transaction, tree, &k, &v);
              mdb_txn_abort(transaction);
              if (found != MDB_NOTFOUND) check(found);
          }));
    mdb_env_close(environment);
    close(file);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string command = count > 1 ? arguments[1] : "";
    try {
        if (command == "embedded") {
            embedded();
        } else if (command == "lmdb") {
            raw_lmdb();
        } else if (command == "time") {
            minamo::bench::measure_time();
        } else if (command == "floor" && count == 3) {
            minamo::bench::serve_floor(static_cast<unsigned short>(std::atoi(arguments[2])));
        } else {
            std::fputs("usage: minamo_bench embedded | lmdb | time | floor PORT\n", stderr);
            return 2;
        }
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 1;
    }
    return 0;
}
