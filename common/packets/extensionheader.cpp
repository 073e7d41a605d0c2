// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "extensionheader.h"

#include "ipaddresstext.h"

namespace {

QByteArray hex(quint32 value)
{
    return QByteArray::number(value, 16);
}

quint32 octets(quint8 lengthField)
{
    return (quint32(lengthField) + 1) * 8;
}

/// The options of a hop-by-hop header; false if one does not fit.
bool readOptions(const PacketBytes &bytes, quint32 end, quint32 &jumbo)
{
    enum Option : quint8 { Pad1 = 0, RouterAlert = 5, JumboPayload = 0xc2, HomeAddress = 0xc9 };
    bool hasJumbo = false;
    for (quint32 at = 2; at < end;) {
        const quint8 option = bytes.u8(at);
        if (option == Pad1) {
            ++at;
            continue;
        }
        if (at + 2 > end || at + 2 + bytes.u8(at + 1) > end)
            return false;
        const quint8 size = bytes.u8(at + 1);
        if ((option == RouterAlert && size != 2) || (option == JumboPayload && size != 4) ||
            (option == HomeAddress && size < 16))
            return false;
        if (option == JumboPayload && !hasJumbo) {
            hasJumbo = true;
            if (bytes.u32(at + 2) > 0xffff)
                jumbo = bytes.u32(at + 2);
        }
        at += 2U + size;
    }
    return true;
}

} // namespace

Decoded ExtensionHeader::skipHopByHop(PacketBytes &bytes, quint8 &next, quint32 &jumbo, QByteArray &text)
{
    if (!bytes.has(2) || !bytes.has(octets(bytes.u8(1))))
        return Decoded::Cut;
    const quint32 size = octets(bytes.u8(1));
    if (!readOptions(bytes, size, jumbo))
        return Decoded::Malformed;
    text += "HBH ";
    next = bytes.u8(0);
    bytes.skip(size);
    return Decoded::Segment;
}

Decoded ExtensionHeader::skipDestination(PacketBytes &bytes, quint8 &next, QByteArray &text)
{
    if (!bytes.has(2) || !bytes.has(octets(bytes.u8(1))))
        return Decoded::Cut;
    text += "DSTOPT ";
    next = bytes.u8(0);
    bytes.skip(octets(bytes.u8(1)));
    return Decoded::Segment;
}

Decoded ExtensionHeader::skipRouting(PacketBytes &bytes, quint8 &next, QByteArray &text)
{
    enum Type : quint8 { Source = 0, MobileIp = 2, SegmentRouting = 4 };
    if (!bytes.has(8))
        return Decoded::Cut;
    const quint8 units = bytes.u8(1);
    const quint8 type = bytes.u8(2);
    if ((type != Source && type != MobileIp && type != SegmentRouting) || units % 2 != 0)
        return Decoded::Malformed;
    if (!bytes.has(octets(units)))
        return Decoded::Cut;
    text += "RT6 (len=" + QByteArray::number(units) + ", type=" + QByteArray::number(type);
    if (type == Source)
        text += " [Deprecated]";
    text += ", segleft=" + QByteArray::number(bytes.u8(3));
    if (type == SegmentRouting) {
        text += ", last-entry=" + QByteArray::number(bytes.u8(4));
        if (bytes.u8(5) != 0)
            text += ", flags=0x" + hex(bytes.u8(5));
        text += ", tag=" + hex(bytes.u16(6));
    } else if (bytes.u32(4) != 0) {
        text += ", rsv=0x" + hex(bytes.u32(4));
    }
    for (int i = 0; i < units / 2; ++i) {
        text += ", [" + QByteArray::number(i) + ']';
        IpAddressText::append6(bytes.data + 8 + i * 16, text);
    }
    text += ") ";
    next = bytes.u8(0);
    bytes.skip(octets(units));
    return Decoded::Segment;
}

Decoded ExtensionHeader::fragmentOf(quint8 protocol)
{
    const bool mayBeTcp = protocol == Tcp || protocol == Ip4 || protocol == Ip6 || protocol == Gre;
    return mayBeTcp ? Decoded::Fragment : Decoded::NotTcp;
}

Decoded ExtensionHeader::skipFragment(PacketBytes &bytes, quint8 &next, quint64 leftByIp, QByteArray &text)
{
    if (!bytes.has(8))
        return Decoded::Cut;
    next = bytes.u8(0);
    if ((bytes.u16(2) & 0xfff8) != 0)
        return fragmentOf(next);
    text += "frag (0|" + QByteArray::number(leftByIp) + ") ";
    bytes.skip(8);
    return bytes.captured == 0 ? Decoded::Cut : Decoded::Segment;
}

Decoded ExtensionHeader::skipAuthentication(PacketBytes &bytes, quint8 &next, QByteArray &text)
{
    constexpr quint32 fixedBytes = 12;
    if (!bytes.has(fixedBytes))
        return Decoded::Cut;
    const quint32 size = (quint32(bytes.u8(1)) + 2) * 4; // 8 if the field is 0, as in tcpdump
    if (!bytes.has(size))
        return Decoded::Cut;
    text += "AH(";
    if (bytes.u16(2) != 0)
        text += "reserved=0x" + hex(bytes.u16(2)) + "[MustBeZero],";
    text += "spi=0x" + hex(bytes.u32(4)).rightJustified(8, '0') + ",seq=0x" + hex(bytes.u32(8)) + ",icv=0x" +
            QByteArray(reinterpret_cast<const char *>(bytes.data) + fixedBytes,
                       qsizetype(std::max(size, fixedBytes) - fixedBytes))
                .toHex() +
            "): ";
    next = bytes.u8(0);
    bytes.skip(size);
    return Decoded::Segment;
}
