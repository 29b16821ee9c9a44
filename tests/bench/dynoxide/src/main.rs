// The same embedded calls as minamo_bench makes, on dynoxide: one line per figure, NAME PER_SECOND. Requests start as JSON
// text here and answers end as JSON text, as they do there.
use dynoxide::Database;
use std::time::{Duration, Instant};

const ROWS: u64 = 10000;
const ROUND: Duration = Duration::from_millis(700);

fn per_second(name: &str, mut body: impl FnMut(u64)) {
    let start = Instant::now();
    let mut count = 0u64;
    while start.elapsed() < ROUND {
        for _ in 0..64 {
            body(count % ROWS);
            count += 1;
        }
    }
    println!("{} {:.0}", name, count as f64 / start.elapsed().as_secs_f64());
}

fn item(i: u64) -> String {
    format!(
        "{{\"pk\":{{\"S\":\"user#{}\"}},\"sk\":{{\"N\":\"{}\"}},\"name\":{{\"S\":\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\"}},\"n\":{{\"N\":\"{}\"}},\"flag\":{{\"BOOL\":true}}}}",
        100000 + i, i, i % 100
    )
}

fn key(i: u64) -> String {
    format!("{{\"pk\":{{\"S\":\"user#{}\"}},\"sk\":{{\"N\":\"{}\"}}}}", 100000 + i, i)
}

macro_rules! call {
    ($db:expr, $operation:ident, $body:expr) => {{
        let request = serde_json::from_str($body).unwrap();
        let response = $db.$operation(request).unwrap();
        serde_json::to_string(&response).unwrap()
    }};
}

fn main() {
    let db = Database::memory().unwrap();
    call!(db, create_table, r#"{"TableName":"tab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}]}"#);
    per_second("put", |i| {
        call!(db, put_item, &format!("{{\"TableName\":\"tab\",\"Item\":{}}}", item(i)));
    });
    for i in 0..ROWS {
        call!(db, put_item, &format!("{{\"TableName\":\"tab\",\"Item\":{}}}", item(i)));
    }
    per_second("get", |i| {
        call!(db, get_item, &format!("{{\"TableName\":\"tab\",\"Key\":{}}}", key(i)));
    });
    per_second("update", |i| {
        call!(db, update_item, &format!("{{\"TableName\":\"tab\",\"Key\":{},\"UpdateExpression\":\"SET n = n + :one\",\"ExpressionAttributeValues\":{{\":one\":{{\"N\":\"1\"}}}}}}", key(i)));
    });
    let start = Instant::now();
    let mut scanned = 0u64;
    while start.elapsed() < ROUND {
        call!(db, scan, r#"{"TableName":"tab","FilterExpression":"n > :v AND flag = :f","Select":"COUNT","ExpressionAttributeValues":{":v":{"N":"1000000000"},":f":{"BOOL":true}}}"#);
        scanned += ROWS;
    }
    println!("scan_items {:.0}", scanned as f64 / start.elapsed().as_secs_f64());
}
