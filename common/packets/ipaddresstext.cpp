// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ipaddresstext.h"

#ifdef Q_OS_UNIX
#include <arpa/inet.h>
#endif

#include <array>
#include <charconv>
#include <cstring>

char *IpAddressText::write4(const quint8 *address, char *to)
{
    constexpr int maxDigits = 3;
    for (int i = 0; i < 4; ++i) {
        if (i > 0)
            *to++ = '.';
        to = std::to_chars(to, to + maxDigits, address[i]).ptr;
    }
    return to;
}

char *IpAddressText::write6(const quint8 *address, char *to)
{
    static_assert(max6Characters == INET6_ADDRSTRLEN);
    inet_ntop(AF_INET6, address, to, max6Characters);
    return to + std::strlen(to);
}

void IpAddressText::append4(const quint8 *address, QByteArray &to)
{
    std::array<char, max4Characters> text{};
    to.append(text.data(), write4(address, text.data()) - text.data());
}

void IpAddressText::append6(const quint8 *address, QByteArray &to)
{
    std::array<char, max6Characters> text{};
    to.append(text.data(), write6(address, text.data()) - text.data());
}
