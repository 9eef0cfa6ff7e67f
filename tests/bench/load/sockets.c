/*
 * Load for WebSocket servers that speak Engine.IO 4 and Socket.IO 5, as lean as it can be: one thread, epoll, no copy
 * of what need not be kept, so that what is measured is the server.
 *
 *   sockets mode=fanout port=3000 clients=1000 seconds=3
 *
 * mode   fanout  one more client publishes; the others get it; a new one leaves when `window` are under way,
 *                or `rate` times a second
 *        rtt     every client has one event under way that the server acknowledges
 *        listen  somebody else publishes
 *        idle    the clients are connected, and that is all
 *
 * A message carries `ts=` and the time in nanoseconds since 1970, from which the time to each client is taken. Prints
 * one line of JSON. Exit code 1, with a line on standard error, when a client is refused or cut.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum state { CONNECTING, UPGRADING, OPENING, JOINING, READY };

struct client {
    int fd;
    enum state state;
    int index;
    /* The beginning of a frame whose end has not come. */
    unsigned char *rest;
    size_t rest_length;
    size_t rest_capacity;
};

enum { LONGEST_FRAME = 1 << 14, READ_BYTES = 1 << 19, MOST_TIMES = 4000000, OPCODE_TEXT = 1, OPCODE_CLOSE = 8, OPCODE_PING = 9, OPCODE_PONG = 10 };

static const char *mode = "fanout", *path = "/socket.io/?EIO=4&transport=websocket", *namespace = "", *event_name, *tokens_file;
static int port, count = 100, window = 8, batch = 32, per_token = 50;
static double rate, seconds = 3, warm = 1;

static struct client *clients;
static int total, ready, poll_fd;
static char **tokens;
static int token_count;

static uint64_t received, acknowledged;
static int measuring;
static uint32_t *times;
static size_t time_count;

/* About 350 bytes with the clock: a message as an inbox's front end gets it. */
static const char *about =
    "\"id\":\"01a1fd3f-bedf-70ad-aa2b-4687e685d8e3\",\"conversation\":\"01a1fd3f-bf57-739c-a7ef-facac6df58b8\","
    "\"author\":{\"id\":\"u_1042\",\"name\":\"Maria Aparecida\",\"role\":\"agent\"},\"status\":\"sent\","
    "\"text\":\"Bom dia! O seu pedido ficou pronto e sai para entrega em meia hora, com o troco para cem reais.\"";

static void fail(const char *what) {
    fprintf(stderr, "sockets: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static uint64_t clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

/* Clients must mask; a mask of zeros is one, and leaves the text as it is. */
static void send_frame(struct client *client, int opcode, const char *text, size_t length) {
    static unsigned char frame[LONGEST_FRAME];
    size_t head = 2;
    if (length > LONGEST_FRAME - 16) fail("a frame is too long");
    frame[0] = (unsigned char)(0x80 | opcode);
    if (length < 126) {
        frame[1] = (unsigned char)(0x80 | length);
    } else {
        frame[1] = 0x80 | 126;
        frame[2] = (unsigned char)(length >> 8);
        frame[3] = (unsigned char)length;
        head = 4;
    }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, length);
    head += 4 + length;
    if (send(client->fd, frame, head, MSG_NOSIGNAL) != (ssize_t)head) fail("a frame could not be sent");
}

static void send_text(struct client *client, const char *text) {
    send_frame(client, OPCODE_TEXT, text, strlen(text));
}

static void send_event(struct client *client, const char *name, int ack) {
    char text[2048], id[16] = "";
    if (ack) snprintf(id, sizeof id, "%d", ack);
    snprintf(text, sizeof text, "42%s%s[\"%s\",{\"at\":\"ts=%llu\",%s}]", namespace, id, name,
             (unsigned long long)clock_ns(), about);
    send_text(client, text);
}

static void join(struct client *client) {
    char text[2048];
    const char *token = token_count ? tokens[(client->index / per_token) % token_count] : "";
    snprintf(text, sizeof text, "40%s{\"token\":\"%s\",\"listens\":%s}", namespace, token,
             client->index < count ? "true" : "false");
    send_text(client, text);
    client->state = JOINING;
}

static void note_time(const char *text, size_t length) {
    if (event_name && !memmem(text, length < 64 ? length : 64, event_name, strlen(event_name))) return;
    const char *mark = memmem(text, length, "ts=", 3);
    if (!mark) return;
    received++;
    if (measuring && time_count < MOST_TIMES) {
        times[time_count++] = (uint32_t)((clock_ns() - strtoull(mark + 3, NULL, 10)) / 1000);
    }
}

static void on_packet(struct client *client, const char *text, size_t length) {
    if (length == 1 && text[0] == '2') {
        send_text(client, "3");
    } else if (client->state == OPENING && text[0] == '0') {
        join(client);
    } else if (client->state == JOINING && length > 1 && text[0] == '4' && text[1] == '0') {
        client->state = READY;
        ready++;
    } else if (client->state == JOINING && length > 1 && text[0] == '4' && text[1] == '4') {
        fprintf(stderr, "sockets: refused: %.*s\n", (int)length, text);
        exit(1);
    } else if (length > 1 && text[0] == '4' && text[1] == '2') {
        /* Looking for the clock in every message would cost what is to be spared where only their number counts. */
        if (rate > 0 || strcmp(mode, "listen") == 0) note_time(text, length);
        else received++;
    } else if (length > 1 && text[0] == '4' && text[1] == '3') {
        acknowledged++;
        send_event(client, "echo", 1);
    }
}

/* Reads what is whole; returns how many bytes that was. */
static size_t on_bytes(struct client *client, const unsigned char *bytes, size_t length) {
    size_t at = 0;
    if (client->state == UPGRADING) {
        const unsigned char *end = memmem(bytes, length, "\r\n\r\n", 4);
        if (!end) return 0;
        if (memcmp(bytes, "HTTP/1.1 101", 12) != 0) {
            fprintf(stderr, "sockets: no upgrade: %.*s\n", 200, (const char *)bytes);
            exit(1);
        }
        client->state = OPENING;
        at = (size_t)(end - bytes) + 4;
    }
    while (length - at >= 2) {
        size_t head = 2, size = bytes[at + 1] & 127;
        int opcode = bytes[at] & 15;
        if (size == 126) {
            if (length - at < 4) break;
            size = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
            head = 4;
        } else if (size == 127) {
            if (length - at < 10) break;
            size = 0;
            for (int i = 0; i < 8; i++) size = size << 8 | bytes[at + 2 + (size_t)i];
            head = 10;
        }
        if (length - at < head + size) break;
        if (opcode == OPCODE_TEXT) on_packet(client, (const char *)bytes + at + head, size);
        else if (opcode == OPCODE_PING) send_frame(client, OPCODE_PONG, (const char *)bytes + at + head, size);
        else if (opcode == OPCODE_CLOSE) fail("the server closed a connection");
        at += head + size;
    }
    return at;
}

static void keep(struct client *client, const unsigned char *bytes, size_t length) {
    if (length > client->rest_capacity) {
        client->rest_capacity = length + 1024;
        client->rest = realloc(client->rest, client->rest_capacity);
        if (!client->rest) fail("no memory");
    }
    memcpy(client->rest, bytes, length);
    client->rest_length = length;
}

static void on_readable(struct client *client) {
    static unsigned char buffer[READ_BYTES];
    for (;;) {
        size_t before = client->rest_length;
        memcpy(buffer, client->rest, before);
        ssize_t got = recv(client->fd, buffer + before, sizeof buffer - before, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) fail("a connection was cut");
        size_t length = before + (size_t)got;
        size_t used = on_bytes(client, buffer, length);
        client->rest_length = 0;
        if (used < length) keep(client, buffer + used, length - used);
        if (length < sizeof buffer) return;
    }
}

static void watch(struct client *client, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    if (epoll_ctl(poll_fd, operation, client->fd, &event)) fail("epoll");
}

static void start(int index) {
    struct client *client = &clients[index];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int yes = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->index = index;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) fail("no socket");
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(client->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
    errno = 0;
    keep(client, (const unsigned char *)"", 0);
    watch(client, EPOLLOUT, EPOLL_CTL_ADD);
}

static void upgrade(struct client *client) {
    char text[1024];
    int length = snprintf(text, sizeof text,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          path, port);
    if (send(client->fd, text, (size_t)length, MSG_NOSIGNAL) != length) fail("could not connect");
    client->state = UPGRADING;
    watch(client, EPOLLIN, EPOLL_CTL_MOD);
}

static void turn(int wait_ms) {
    struct epoll_event events[512];
    int number = epoll_wait(poll_fd, events, 512, wait_ms);
    errno = 0;
    for (int i = 0; i < number; i++) {
        struct client *client = events[i].data.ptr;
        if (client->state == CONNECTING) upgrade(client);
        else on_readable(client);
    }
}

/* A few at a time: a server may limit how many it lets in unproven. */
static void connect_all(void) {
    uint64_t deadline = clock_ns() + 60000000000ull;
    int started = 0;
    while (ready < total) {
        while (started < total && started - ready < batch) start(started++);
        turn(50);
        if (clock_ns() > deadline) fail("not all could connect within a minute");
    }
}

static void publish_due(uint64_t now, uint64_t *published, uint64_t *next) {
    struct client *publisher = &clients[count];
    if (rate > 0) {
        for (; *next <= now; *next += (uint64_t)(1e9 / rate)) send_event(publisher, "publish", 0);
    } else {
        for (; *published < received / (uint64_t)count + (uint64_t)window; ++*published) send_event(publisher, "publish", 0);
    }
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int ascending(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

static double time_ms(double share) {
    if (time_count == 0) return 0;
    size_t at = (size_t)(share * (double)time_count);
    return times[at < time_count ? at : time_count - 1] / 1000.0;
}

static void run(void) {
    int publishes = strcmp(mode, "fanout") == 0;
    uint64_t begin = clock_ns(), measured_from = 0, next = begin, published = 0, before = 0;
    double cpu = 0;
    if (strcmp(mode, "rtt") == 0) for (int i = 0; i < count; i++) send_event(&clients[i], "echo", 1);
    for (;;) {
        uint64_t now = clock_ns();
        if (!measuring && now - begin >= (uint64_t)(warm * 1e9)) {
            measuring = 1;
            measured_from = now;
            before = received + acknowledged;
            cpu = cpu_seconds();
        }
        if (measuring && now - measured_from >= (uint64_t)(seconds * 1e9)) break;
        if (publishes) publish_due(now, &published, &next);
        turn(publishes && rate > 0 ? 1 : 20);
    }
    double elapsed = (double)(clock_ns() - measured_from) / 1e9;
    qsort(times, time_count, sizeof *times, ascending);
    printf("{\"perSecond\":%.1f,\"busy\":%.3f,\"count\":%zu,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}\n",
           (double)(received + acknowledged - before) / elapsed, (cpu_seconds() - cpu) / elapsed, time_count,
           time_ms(0.5), time_ms(0.99), time_ms(1));
}

static void read_tokens(void) {
    static char line[4096];
    FILE *file = fopen(tokens_file, "r");
    if (!file) fail("the tokens can't be read");
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        tokens = realloc(tokens, sizeof *tokens * (size_t)(token_count + 1));
        if (!tokens) fail("no memory");
        tokens[token_count++] = strdup(line);
    }
    fclose(file);
}

static void take_argument(char *argument) {
    char *value = strchr(argument, '=');
    if (!value) fail("arguments are name=value");
    *value++ = 0;
    if (strcmp(argument, "mode") == 0) mode = value;
    else if (strcmp(argument, "port") == 0) port = atoi(value);
    else if (strcmp(argument, "clients") == 0) count = atoi(value);
    else if (strcmp(argument, "path") == 0) path = value;
    else if (strcmp(argument, "namespace") == 0) namespace = value;
    else if (strcmp(argument, "event") == 0) event_name = value;
    else if (strcmp(argument, "tokens") == 0) tokens_file = value;
    else if (strcmp(argument, "window") == 0) window = atoi(value);
    else if (strcmp(argument, "rate") == 0) rate = atof(value);
    else if (strcmp(argument, "seconds") == 0) seconds = atof(value);
    else if (strcmp(argument, "warm") == 0) warm = atof(value);
    else fail("an argument is unknown");
}

int main(int argument_count, char **arguments) {
    for (int i = 1; i < argument_count; i++) take_argument(arguments[i]);
    if (tokens_file) read_tokens();
    total = strcmp(mode, "fanout") == 0 ? count + 1 : count;
    clients = calloc((size_t)total, sizeof *clients);
    times = malloc(MOST_TIMES * sizeof *times);
    poll_fd = epoll_create1(0);
    if (!clients || !times || poll_fd < 0) fail("no memory");
    connect_all();
    run();
    return 0;
}
