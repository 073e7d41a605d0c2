// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ipaddresstext.h"

#ifdef Q_OS_UNIX
#include <arpa/inet.h>
#endif

#include <array>
#include <charconv>

void IpAddressText::append4(const quint8 *address, QByteArray &to)
{
    std::array<char, 16> text{};
    char *end = text.data();
    for (int i = 0; i < 4; ++i) {
        if (i > 0)
            *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), address[i]).ptr;
    }
    to.append(text.data(), end - text.data());
}

void IpAddressText::append6(const quint8 *address, QByteArray &to)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, address, text.data(), text.size());
    to.append(text.data());
}
