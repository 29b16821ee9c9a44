// The fixture for GoogleTest, used as its users do.
#include "minamo/testing/gtest.hpp"

using namespace minamo::test;

namespace {

using OrdersTest = EmulatorTest;

TEST_F(OrdersTest, StartsEmpty) {
    EXPECT_EQ(emulator.call("ListTables", "{}").body, R"({"TableNames":[]})");
}

TEST_F(OrdersTest, KeepsRows) {
    auto orders = table("orders").partition_key("id").make();
    orders.put({{"id", S("a")}, {"n", N(1)}});
    EXPECT_EQ(orders.get({{"id", S("a")}}), (Row{{"id", S("a")}, {"n", N("1.0")}}));
    EXPECT_EQ(orders.count(), 1U);
}

TEST_F(OrdersTest, DoesNotSeeTheTableOfTheTestBefore) {
    EXPECT_EQ(emulator.call("DescribeTable", R"({"TableName":"orders"})").type, "ResourceNotFoundException");
}

TEST_F(OrdersTest, ShowsTheDifference) {
    auto orders = table("orders").partition_key("id").make();
    const Row row{{"id", S("a")}, {"n", N(1)}};
    orders.put(row);
    EXPECT_TRUE(same(orders.get({{"id", S("a")}}), row));
    EXPECT_TRUE(same(orders.rows(), {row}));
    const ::testing::AssertionResult result = same(orders.get({{"id", S("a")}}), Row{{"id", S("a")}});
    EXPECT_FALSE(result);
    EXPECT_STREQ(result.message(), R"(expected {"id":{"S":"a"}}
found    {"id":{"S":"a"},"n":{"N":"1"}}
+ n {"N":"1"})");
    EXPECT_FALSE(same(orders.rows(), {}));
}

using OrdersEndpointTest = EndpointTest;

TEST_F(OrdersEndpointTest, HasAnEndpoint) {
    EXPECT_EQ(endpoint.url().rfind("http://127.0.0.1:", 0), 0U);
}

}  // namespace
