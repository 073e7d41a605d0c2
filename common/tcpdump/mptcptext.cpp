// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "mptcptext.h"

#include "packets/ipaddresstext.h"
#include "packets/segment.h"

#include <QtEndian>

#include <array>

namespace {

using Value = std::span<const quint8>;

quint16 u16(Value value, size_t at)
{
    return qFromBigEndian<quint16>(&value[at]);
}

QByteArray decimal32(Value value, size_t at)
{
    return QByteArray::number(qFromBigEndian<quint32>(&value[at]));
}

QByteArray decimal64(Value value, size_t at)
{
    return QByteArray::number(qFromBigEndian<quint64>(&value[at]));
}

QByteArray hex32(Value value, size_t at)
{
    return "0x" + QByteArray::number(qFromBigEndian<quint32>(&value[at]), 16);
}

QByteArray hex64(Value value, size_t at)
{
    return "0x" + QByteArray::number(qFromBigEndian<quint64>(&value[at]), 16);
}

QByteArray idText(Value value)
{
    return " id " + QByteArray::number(value[1]);
}

// In all of these, value[0] holds the subtype and four bits of the option's own. Sizes are those of RFC 8684 minus
// the two bytes of kind and length.

bool appendCapable(Value value, quint16 flags, QByteArray &to)
{
    const bool isSyn = (flags & Segment::Syn) != 0;
    const bool isAck = !isSyn && (flags & Segment::Ack) != 0;
    const size_t size = value.size();
    if (!(isSyn && (size == 2 || size == 10)) && !(isAck && (size == 18 || size == 20)))
        return false;
    const int version = value[0] & 0x0f;
    if (version > 1) {
        to += " Unknown Version (" + QByteArray::number(version) + ')';
        return true;
    }
    to += " v" + QByteArray::number(version);
    if ((value[1] & 0x80) != 0)
        to += " csum";
    if (size >= 10)
        to += " {" + hex64(value, 2) + (size >= 18 ? ',' + hex64(value, 10) : QByteArray()) + '}';
    return true;
}

bool appendJoin(Value value, quint16 flags, QByteArray &to)
{
    const bool isSyn = (flags & Segment::Syn) != 0;
    const bool isAck = (flags & Segment::Ack) != 0;
    const size_t size = value.size();
    if (!(isSyn && size == 10) && !(isSyn && isAck && size == 14) && !(isAck && size == 22))
        return false;
    if (size == 22) {
        to += " hmac 0x" + QByteArray(reinterpret_cast<const char *>(&value[2]), 20).toHex();
        return true;
    }
    if ((value[0] & 0x01) != 0)
        to += " backup";
    to += idText(value);
    if (size == 10)
        to += " token " + hex32(value, 2) + " nonce " + hex32(value, 6);
    else
        to += " hmac " + hex64(value, 2) + " nonce " + hex32(value, 10);
    return true;
}

/// Appends a number of four or eight bytes. Returns false if value does not have that many bytes at that position.
bool appendEither(Value value, bool isLong, size_t &at, QByteArray &to)
{
    const size_t size = isLong ? 8 : 4;
    if (value.size() - at < size)
        return false;
    to += isLong ? decimal64(value, at) : decimal32(value, at);
    at += size;
    return true;
}

bool appendDataSequence(Value value, quint16 flags, QByteArray &to)
{
    enum : quint8 { HasAck = 0x01, LongAck = 0x02, HasSequence = 0x04, LongSequence = 0x08, DataFin = 0x10 };
    if (value.size() < 2 || (flags & Segment::Syn) != 0)
        return false;
    const quint8 what = value[1];
    size_t at = 2;
    if ((what & DataFin) != 0)
        to += " fin";
    if ((what & HasAck) != 0) {
        to += " ack ";
        if (!appendEither(value, (what & LongAck) != 0, at, to))
            return false;
    }
    if ((what & HasSequence) != 0) {
        to += " seq ";
        if (!appendEither(value, (what & LongSequence) != 0, at, to) || value.size() - at < 4)
            return false;
        to += " subseq " + decimal32(value, at);
        at += 4;
        if (value.size() - at < 2)
            return false;
        to += " len " + QByteArray::number(u16(value, at));
        at += 2;
        if (value.size() - at >= 2) {
            to += " csum 0x" + QByteArray::number(u16(value, at), 16);
            at += 2;
        }
    }
    return at == value.size();
}

bool appendAddAddress(Value value, quint16 /*flags*/, QByteArray &to)
{
    // Each address may have a port (2 bytes) and an HMAC (8 bytes).
    const bool is4 = value.size() == 6 || value.size() == 8 || value.size() == 14 || value.size() == 16;
    const bool is6 = value.size() == 18 || value.size() == 20 || value.size() == 26 || value.size() == 28;
    if (!is4 && !is6)
        return false;
    switch (value[0] & 0x0f) {
    case 0x0:
        to += " v1";
        break;
    case 0x1:
        to += " v1-echo";
        break;
    case 0x4:
        to += " v0-ip4";
        break;
    case 0x6:
        to += " v0-ip6";
        break;
    default:
        to += " [bad version/echo]";
        break;
    }
    to += idText(value) + ' ';
    size_t at = is4 ? 6 : 18;
    if (is4)
        IpAddressText::append4(&value[2], to);
    else
        IpAddressText::append6(&value[2], to);
    if ((value.size() - at) % 8 == 2) {
        to += ':' + QByteArray::number(u16(value, at));
        at += 2;
    }
    if (value.size() - at == 8)
        to += " hmac " + hex64(value, at);
    return true;
}

bool appendRemoveAddress(Value value, quint16 /*flags*/, QByteArray &to)
{
    if (value.size() < 2)
        return false;
    to += " id";
    for (const quint8 id : value.subspan(1))
        to += ' ' + QByteArray::number(id);
    return true;
}

bool appendPriority(Value value, quint16 /*flags*/, QByteArray &to)
{
    if (value.size() != 1 && value.size() != 2)
        return false;
    to += (value[0] & 0x01) != 0 ? " backup" : " non-backup";
    if (value.size() == 2)
        to += idText(value);
    return true;
}

bool appendFail(Value value, quint16 /*flags*/, QByteArray &to)
{
    if (value.size() != 10)
        return false;
    to += " seq " + decimal64(value, 2);
    return true;
}

bool appendFastClose(Value value, quint16 /*flags*/, QByteArray &to)
{
    if (value.size() != 10)
        return false;
    to += " key " + hex64(value, 2);
    return true;
}

struct Subtype {
    const char *name;
    bool (*append)(Value value, quint16 flags, QByteArray &to);
};
constexpr std::array<Subtype, 8> subtypes{{
    {"capable", appendCapable},
    {"join", appendJoin},
    {"dss", appendDataSequence},
    {"add-addr", appendAddAddress},
    {"rem-addr", appendRemoveAddress},
    {"prio", appendPriority},
    {"fail", appendFail},
    {"fast-close", appendFastClose},
}};

} // namespace

bool MptcpText::append(std::span<const quint8> value, quint16 flags, QByteArray &to)
{
    if (value.empty())
        return false;
    const size_t subtype = value[0] >> 4;
    to += ' ' + QByteArray::number(quint64(value.size()) + 2) + ' ';
    if (subtype >= subtypes.size()) {
        to += "unknown";
        return true;
    }
    to += subtypes[subtype].name;
    return subtypes[subtype].append(value, flags, to);
}
