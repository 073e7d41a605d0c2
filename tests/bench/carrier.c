// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The reference for the emulated link: carries packets between two TUN devices, one packet a call, without rules, queue
// or events. Takes the place of server_gui in scripts/lab.
// Usage: bench_carrier --link --network '' -- COMMAND [ARGUMENT...]

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char setup[] =
    "set -e; cd /proc/sys/net/ipv4\n"
    "echo 1 > conf/all/accept_local; echo 0 > conf/all/rp_filter\n"
    "echo reno > tcp_congestion_control\n"
    "for d in client0 server0; do\n"
    "    echo 1 > conf/$d/accept_local; echo 0 > conf/$d/rp_filter\n"
    "    ip link set $d multicast off txqueuelen 10000 up; done\n"
    "ip addr add 192.0.2.1/32 dev client0; ip addr add 192.0.2.2/32 dev server0\n"
    "ip rule add pref 10 iif client0 lookup local; ip rule add pref 11 iif server0 lookup local\n"
    "ip rule add pref 12 to 192.0.2.2 lookup 100; ip rule add pref 13 to 192.0.2.1 lookup 101\n"
    "ip route add 192.0.2.2 dev client0 src 192.0.2.1 table 100\n"
    "ip route add 192.0.2.1 dev server0 src 192.0.2.2 table 101\n"
    "ip rule add pref 100 lookup local; ip rule del pref 0\n";

static int openTun(const char *name)
{
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    const int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device < 0 || ioctl(device, TUNSETIFF, &request) != 0) {
        perror("bench_carrier: no TUN device");
        exit(1);
    }
    return device;
}

static void carry(int from, int to)
{
    char packet[65536];
    for (int i = 0; i < 256; ++i) {
        const ssize_t size = read(from, packet, sizeof packet);
        if (size <= 0 || write(to, packet, (size_t)size) != size)
            return;
    }
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    const int client = openTun("client0");
    const int server = openTun("server0");
    if (system(setup) != 0)
        return 1;
    int ended[2];
    if (pipe(ended) != 0)
        return 1;
    const pid_t command = fork();
    if (command == 0) {
        close(ended[0]); // the command keeps the other end open as long as it runs
        setenv("TCPSTEPS_LINK", "none", 1);
        execvp(argv[5], argv + 5);
        _exit(127);
    }
    close(ended[1]);
    struct pollfd polled[] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {ended[0], POLLIN, 0}};
    while (poll(polled, 3, -1) > 0 && polled[2].revents == 0) {
        carry(client, server);
        carry(server, client);
    }
    int status = 0;
    waitpid(command, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
