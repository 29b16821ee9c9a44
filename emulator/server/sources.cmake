target_sources(minamo_core PRIVATE
    server/access.cpp
    server/answer.cpp
    server/credentials.cpp
    server/gzip.cpp
    server/listener.cpp
    server/reply.cpp
    server/request.cpp
    server/request_reader.cpp
    server/server.cpp
    server/session.cpp
    server/work_pool.cpp
)
