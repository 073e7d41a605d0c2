// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "addressline.h"

#include "ipaddresstext.h"

#include <charconv>

namespace {

void appendAddress(const SocketAddress &address, QByteArray &to)
{
    if (address.version == 6)
        IpAddressText::append6(address.address.data(), to);
    else
        IpAddressText::append4(address.address.data(), to);
}

void appendDottedPort(const SocketAddress &endpoint, QByteArray &to)
{
    appendAddress(endpoint, to);
    to += '.';
    AddressLine::appendNumber(endpoint.port, to);
}

} // namespace

void AddressLine::appendNumber(quint32 number, QByteArray &to)
{
    std::array<char, 10> text{};
    to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr - text.data());
}

void AddressLine::append(const Segment &segment, Ports ports, QByteArray &to)
{
    to += segment.source.version == 6 ? "IP6 " : "IP ";
    if (segment.oddities)
        to += segment.oddities->beforeAddresses;
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
        to += segment.oddities->beforePorts;
    if (ports == Ports::With) {
        appendNumber(segment.source.port, to);
        to += " > ";
        appendNumber(segment.destination.port, to);
        to += ": ";
    }
}
