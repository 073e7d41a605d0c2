// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "addressline.h"

#include "ipaddresstext.h"

#include <charconv>

namespace {

void appendAddress(const SocketAddress &address, std::string &to)
{
    std::array<char, IpAddressText::max6Characters> text{};
    const auto write = address.version == 6 ? IpAddressText::write6 : IpAddressText::write4;
    to.append(text.data(), write(address.address.data(), text.data()));
}

void appendDottedPort(const SocketAddress &endpoint, std::string &to)
{
    appendAddress(endpoint, to);
    to += '.';
    AddressLine::appendNumber(endpoint.port, to);
}

} // namespace

void AddressLine::appendNumber(quint32 number, std::string &to, int base)
{
    std::array<char, 10> text{};
    to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number, base).ptr);
}

void AddressLine::append(const Segment &segment, Ports ports, std::string &to)
{
    to += segment.source.version == 6 ? "IP6 " : "IP ";
    if (segment.oddities)
        to += segment.oddities->beforeAddresses.toStdString();
    const bool isBetween = segment.oddities && !segment.oddities->beforePorts.isEmpty();
    if (ports == Ports::With && !isBetween) {
        appendDottedPort(segment.source, to);
        to += " > ";
        appendDottedPort(segment.destination, to);
        to += ": ";
        return;
    }
    appendAddress(segment.source, to);
    to += " > ";
    appendAddress(segment.destination, to);
    to += ": ";
    if (isBetween)
        to += segment.oddities->beforePorts.toStdString();
    if (ports == Ports::With) {
        appendNumber(segment.source.port, to);
        to += " > ";
        appendNumber(segment.destination.port, to);
        to += ": ";
    }
}
