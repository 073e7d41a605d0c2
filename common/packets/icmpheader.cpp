// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "icmpheader.h"

#include "addressline.h"
#include "extensionheader.h"
#include "ipaddresstext.h"

#include <optional>

namespace {

using IcmpKind = IcmpError::Kind;

constexpr quint32 icmpBytes = 8;
constexpr quint32 quotedTcpBytes = 8; ///< the ports and the sequence number
constexpr quint8 fragmentationNeeded = 4;

std::optional<IcmpKind> kindOf4(quint8 type, quint8 code)
{
    switch (type) {
    case 3:
        return code == fragmentationNeeded ? IcmpKind::TooBig : IcmpKind::Unreachable;
    case 4: // source quench
    case 5: // redirect
        return IcmpKind::Other;
    case 11:
        return IcmpKind::TimeExceeded;
    case 12:
        return IcmpKind::ParameterProblem;
    default:
        return std::nullopt;
    }
}

/// All types below 128 are errors (RFC 4443, section 2.1).
std::optional<IcmpKind> kindOf6(quint8 type)
{
    constexpr quint8 firstInformation = 128;
    constexpr std::array known{IcmpKind::Unreachable, IcmpKind::TooBig, IcmpKind::TimeExceeded,
                               IcmpKind::ParameterProblem};
    if (type >= firstInformation)
        return std::nullopt;
    return type >= 1 && type <= known.size() ? known[type - 1] : IcmpKind::Other;
}

/// The result if the next bytes are not there: the message ends, or the capture.
Decoded missing(const PacketBytes &bytes, quint32 count)
{
    return bytes.length < count ? Decoded::NotTcp : Decoded::Cut;
}

/// Skips the quoted IPv4 header, and takes its addresses.
Decoded skipQuoted4(PacketBytes &bytes, Segment &quoted)
{
    constexpr quint32 fixedBytes = 20;
    if (!bytes.has(fixedBytes))
        return missing(bytes, fixedBytes);
    const quint32 headerBytes = (bytes.u8(0) & 0x0f) * 4;
    const bool isFirst = (bytes.u16(6) & 0x1fff) == 0;
    if (bytes.u8(0) >> 4 != 4 || headerBytes < fixedBytes || bytes.u8(9) != ExtensionHeader::Tcp || !isFirst)
        return Decoded::NotTcp;
    std::copy_n(bytes.data + 12, 4, quoted.source.address.begin());
    std::copy_n(bytes.data + 16, 4, quoted.destination.address.begin());
    if (!bytes.has(headerBytes))
        return missing(bytes, headerBytes);
    bytes.skip(headerBytes);
    return Decoded::Segment;
}

/// Skips the quoted IPv6 header and its extension headers, and takes its addresses.
Decoded skipQuoted6(PacketBytes &bytes, Segment &quoted)
{
    constexpr quint32 fixedBytes = 40;
    if (!bytes.has(fixedBytes))
        return missing(bytes, fixedBytes);
    if (bytes.u8(0) >> 4 != 6)
        return Decoded::NotTcp;
    quoted.source.version = quoted.destination.version = 6;
    std::copy_n(bytes.data + 8, 16, quoted.source.address.begin());
    std::copy_n(bytes.data + 24, 16, quoted.destination.address.begin());
    quint8 next = bytes.u8(6);
    bytes.skip(fixedBytes);
    while (next != ExtensionHeader::Tcp) {
        const bool isFragment = next == ExtensionHeader::Fragment;
        if (!isFragment && next != ExtensionHeader::HopByHop && next != ExtensionHeader::Routing &&
            next != ExtensionHeader::Destination)
            return Decoded::NotTcp;
        if (!bytes.has(8))
            return missing(bytes, 8);
        if (isFragment && (bytes.u16(2) & 0xfff8) != 0)
            return Decoded::NotTcp;
        const quint32 headerBytes = isFragment ? 8 : (bytes.u8(1) + 1U) * 8;
        if (!bytes.has(headerBytes))
            return missing(bytes, headerBytes);
        next = bytes.u8(0);
        bytes.skip(headerBytes);
    }
    return Decoded::Segment;
}

QByteArray redirectText(const PacketBytes &message, quint8 code, const QByteArray &address)
{
    constexpr std::array kinds{"redirect ", "redirect ", "redirect-tos ", "redirect-tos "};
    constexpr std::array to{" to net ", " to host ", " to net ", " to host "};
    const bool isKnown = code < kinds.size();
    QByteArray text = isKnown ? QByteArray(kinds[code]) : "redirect-#" + QByteArray::number(code) + ' ';
    text += address + (isKnown ? to[code] : " to ");
    IpAddressText::append4(message.data + 4, text);
    return text;
}

/// tcpdump's words for ICMP without "ICMP ". address: the destination of the quoted segment.
QByteArray text4(const PacketBytes &message, const IcmpError &error, const QByteArray &address, quint16 port)
{
    static constexpr std::array<std::pair<const char *, const char *>, 16> around{
        {{"net ", " unreachable"},
         {"host ", " unreachable"},
         {"", " protocol 6 unreachable"},
         {"", ""},
         {"", " unreachable - need to frag"},
         {"", " unreachable - source route failed"},
         {"net ", " unreachable - unknown"},
         {"host ", " unreachable - unknown"},
         {"", " unreachable - source host isolated"},
         {"net ", " unreachable - admin prohibited"},
         {"host ", " unreachable - admin prohibited"},
         {"net ", " unreachable - tos prohibited"},
         {"host ", " unreachable - tos prohibited"},
         {"host ", " unreachable - admin prohibited filter"},
         {"host ", " unreachable - host precedence violation"},
         {"host ", " unreachable - precedence cutoff"}}};
    const QByteArray code = QByteArray::number(error.code);
    if (error.kind == IcmpKind::TimeExceeded) {
        if (error.code > 1)
            return "time exceeded-#" + code;
        return error.code == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded";
    }
    if (error.kind == IcmpKind::ParameterProblem)
        return error.code != 0 ? "parameter problem - code " + code
                               : "parameter problem - octet " + QByteArray::number(message.u8(4));
    if (error.kind == IcmpKind::Other)
        return error.type == 4 ? "source quench" : redirectText(message, error.code, address);
    if (error.kind == IcmpKind::Unreachable && error.code == 3)
        return address + " tcp port " + QByteArray::number(port) + " unreachable";
    if (error.code >= around.size())
        return address + " unreachable - #" + code;
    QByteArray text = around[error.code].first + address + around[error.code].second;
    if (error.mtu > 0)
        text += " (mtu " + QByteArray::number(error.mtu) + ')';
    return text;
}

/// The same for ICMPv6, without "ICMP6, ".
QByteArray unreachableText6(const IcmpError &error, const Segment &quoted, const QByteArray &address)
{
    QByteArray text = "destination unreachable, ";
    switch (error.code) {
    case 0:
        return text + "unreachable route " + address;
    case 1:
        return text + " unreachable prohibited " + address; // tcpdump prints two spaces
    case 2:
        text += "beyond scope " + address + ", source address ";
        IpAddressText::append6(quoted.source.address.data(), text);
        return text;
    case 3:
        return text + "unreachable address " + address;
    case 4:
        return text + "unreachable port, " + address + " tcp port " + QByteArray::number(quoted.destination.port);
    default:
        return text + "unknown unreach code (" + QByteArray::number(error.code) + ')';
    }
}

QByteArray text6(const PacketBytes &message, const IcmpError &error, const Segment &quoted, const QByteArray &address)
{
    const QByteArray code = QByteArray::number(error.code);
    switch (error.kind) {
    case IcmpKind::Unreachable:
        return unreachableText6(error, quoted, address);
    case IcmpKind::TooBig:
        return "packet too big, mtu " + QByteArray::number(error.mtu);
    case IcmpKind::TimeExceeded:
        if (error.code > 1)
            return "time exceeded in-transit, unknown code (" + code + ')';
        return error.code == 0 ? "time exceeded in-transit for " + address : "time exceeded in-transit (reassembly)";
    case IcmpKind::Other:
        return "unknown icmp6 type (" + QByteArray::number(error.type) + ')';
    case IcmpKind::ParameterProblem:
        break;
    }
    static constexpr std::array what{"erroneous", "next header", "option", "incomplete header chain"};
    if (error.code >= what.size())
        return "parameter problem, code-#" + code;
    return QByteArray("parameter problem, ") + what[error.code] + " - octet " + QByteArray::number(message.u32(4));
}

QByteArray lineOf(const PacketBytes &message, const IcmpError &error, const Segment &outer, const Segment &quoted)
{
    QByteArray address;
    std::string start;
    AddressLine::append(outer, AddressLine::Ports::Without, start);
    QByteArray line = QByteArray::fromStdString(start);
    if (error.version == 6) {
        IpAddressText::append6(quoted.destination.address.data(), address);
        line += "ICMP6, " + text6(message, error, quoted, address);
        if (error.kind == IcmpKind::Unreachable && error.code > 4)
            return line;
    } else {
        IpAddressText::append4(quoted.destination.address.data(), address);
        line += "ICMP " + text4(message, error, address, quoted.destination.port);
    }
    return line + ", length " + QByteArray::number(message.length);
}

} // namespace

bool IcmpHeader::isIcmp(quint8 protocol, quint8 ipVersion)
{
    return protocol == (ipVersion == 6 ? ExtensionHeader::Icmp6 : ExtensionHeader::Icmp);
}

Decoded IcmpHeader::decode(PacketBytes bytes, Segment &segment)
{
    const PacketBytes message = bytes;
    if (!message.has(2))
        return missing(message, icmpBytes);
    IcmpError error;
    error.version = segment.source.version;
    error.type = message.u8(0);
    error.code = message.u8(1);
    const auto kind = error.version == 6 ? kindOf6(error.type) : kindOf4(error.type, error.code);
    if (!kind)
        return Decoded::NotTcp;
    if (!message.has(icmpBytes))
        return missing(message, icmpBytes);
    error.kind = *kind;
    error.reporter = segment.source.address;
    if (error.kind == IcmpKind::TooBig)
        error.mtu = error.version == 6 ? message.u32(4) : message.u16(6);
    bytes.skip(icmpBytes);
    Segment quoted;
    const Decoded result = error.version == 6 ? skipQuoted6(bytes, quoted) : skipQuoted4(bytes, quoted);
    if (result != Decoded::Segment)
        return result;
    if (!bytes.has(quotedTcpBytes))
        return missing(bytes, quotedTcpBytes);
    quoted.source.port = bytes.u16(0);
    quoted.destination.port = bytes.u16(2);
    error.sequence = bytes.u32(4);
    error.line = lineOf(message, error, segment, quoted);
    segment.source = quoted.destination;
    segment.destination = quoted.source;
    segment.capturedBytes = 0;
    segment.oddity().icmp = error;
    return Decoded::Segment;
}
