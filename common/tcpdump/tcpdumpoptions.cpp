// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpdumpoptions.h"

#include "mptcptext.h"
#include "optionkind.h"
#include "packets/addressline.h"
#include "packets/tcpoption.h"

#include <QtEndian>

#include <string_view>

namespace {

/// Why printing stops.
enum class Stop {
    No,
    Bad,      ///< the option contradicts its length or the header's
    Cut,      ///< its value was not captured
    CutAhead, ///< its kind or length was not captured
};

class Printer
{
public:
    Printer(const Segment &segment, quint32 sackOrigin, std::string &to)
        : m_segment(segment)
        , m_sackOrigin(sackOrigin)
        , m_to(to)
        , m_left(segment.headerBytes - quint32(Segment::fixedHeaderBytes))
    {
    }

    bool print();
    std::string_view cutMark() const { return m_isMptcp ? " [|mptcp]" : " [|tcp]"; }

private:
    Stop printOption();
    Stop printValue(quint8 kind, quint32 length, quint32 &used);
    Stop printFixed(quint8 kind);
    Stop printSack(quint32 size);
    Stop printAuthentication(quint32 size);
    Stop printMptcp(quint32 size);
    Stop printExperiment(quint32 size);
    void printFastOpen(quint32 from, quint32 size);

    void number(quint32 value, int base = 10) { AddressLine::appendNumber(value, m_to, base); }
    void hex(quint32 from, quint32 size);
    /// Prints the bytes that the header and the capture have; checks each one just before it is printed.
    Stop hexWhileThere(quint32 from, quint32 to);

    bool isCaptured(quint32 count) const { return m_at + count <= m_segment.optionBytes; }
    /// Checks whether count bytes of the value can be read.
    Stop check(quint32 count) const { return count > m_left ? Stop::Bad : isCaptured(count) ? Stop::No : Stop::Cut; }
    quint8 u8(quint32 at = 0) const { return m_segment.options[m_at + at]; }
    quint16 u16(quint32 at = 0) const { return qFromBigEndian<quint16>(&m_segment.options[m_at + at]); }
    quint32 u32(quint32 at = 0) const { return qFromBigEndian<quint32>(&m_segment.options[m_at + at]); }

    const Segment &m_segment;
    const quint32 m_sackOrigin;
    std::string &m_to;
    quint32 m_at = 0;   ///< in options
    quint32 m_left = 0; ///< of the header, from m_at on
    bool m_isMptcp = false;
};

bool Printer::print()
{
    m_to += ", options [";
    bool isFirst = true;
    for (bool isLast = false; m_left > 0 && !isLast; isFirst = false) {
        if (!isFirst)
            m_to += ',';
        isLast = isCaptured(1) && u8() == TcpOption::EndOfList;
        const Stop stop = printOption();
        if (stop == Stop::No)
            continue;
        if (stop == Stop::Bad)
            m_to += "[bad opt]";
        else
            m_to += cutMark();
        if (!isFirst && stop == Stop::Bad)
            m_to += ']';
        else if (!isFirst && stop == Stop::Cut)
            m_to += '>';
        return false;
    }
    m_to += ']';
    return true;
}

Stop Printer::printOption()
{
    if (!isCaptured(1))
        return Stop::CutAhead;
    const quint8 kind = u8();
    const bool hasLength = kind != TcpOption::EndOfList && kind != TcpOption::NoOperation;
    const quint32 before = hasLength ? 2 : 1;
    // tcpdump reads the length from the first byte of the payload, which is always wrong.
    if (before > m_left)
        return m_segment.capturedLength > 0 ? Stop::Bad : Stop::CutAhead;
    if (!isCaptured(before))
        return Stop::CutAhead;
    const quint32 length = hasLength ? u8(1) : 1;
    if (hasLength && (length < 2 || length > m_left))
        return Stop::Bad;
    m_at += before;
    m_left -= before;
    if (const char *name = OptionKind::name(kind)) {
        m_to += name;
    } else {
        m_to += "unknown-";
        number(kind);
    }
    quint32 used = 0;
    if (const Stop stop = printValue(kind, length, used); stop != Stop::No)
        return stop;
    m_at += used;
    m_left -= used;
    if (before + used != length) {
        m_to += "[len ";
        number(length);
        m_to += ']';
    }
    return Stop::No;
}

/// used is the number of bytes that the value takes. tcpdump continues after what it has printed, whatever the
/// option's length is.
Stop Printer::printValue(quint8 kind, quint32 length, quint32 &used)
{
    using namespace TcpOption;
    if (kind == EndOfList || kind == NoOperation || kind == SackPermitted)
        return Stop::No;
    used = OptionKind::fixedSize(kind);
    if (used > 0)
        return printFixed(kind);
    used = length - 2;
    switch (kind) {
    case Sack:
        return printSack(used);
    case AuthenticationNew:
        return printAuthentication(used);
    case Mptcp:
        return printMptcp(used);
    case FastOpen:
        if (const Stop stop = check(used); stop != Stop::No)
            return stop;
        m_to += ' ';
        printFastOpen(0, used);
        return Stop::No;
    case Experiment2:
        return printExperiment(used);
    default:
        if (used > 0)
            m_to += " 0x";
        return hexWhileThere(0, used);
    }
}

Stop Printer::printFixed(quint8 kind)
{
    using namespace TcpOption;
    if (const Stop stop = check(OptionKind::fixedSize(kind)); stop != Stop::No)
        return stop;
    m_to += ' ';
    switch (kind) {
    case WindowScale:
        number(u8());
        break;
    case MaximumSegmentSize:
        number(u16());
        break;
    case Timestamps:
        m_to += "val ";
        number(u32());
        m_to += " ecr ";
        number(u32(4));
        break;
    case Md5:
        m_to += m_segment.isWhole() ? "shared secret not supplied with -M, " : "snaplen too short, ";
        m_to += "can't check - ";
        hex(0, 16);
        break;
    case SpaceCapabilities:
        m_to += "cap ";
        hex(0, 1);
        m_to += " id ";
        number(u8(1));
        break;
    // tcpdump uses the last bit as the one that selects minutes; RFC 5482 uses the first.
    case UserTimeout:
        m_to += "0x";
        number(u16(), 16);
        m_to += ' ';
        number((u16() & 1) != 0 ? u16() / 2 * 60U : u16() / 2U);
        break;
    default:
        number(u32());
        break;
    }
    return Stop::No;
}

Stop Printer::printSack(quint32 size)
{
    if (size % 8 != 0) {
        m_to += " invalid sack";
        return Stop::No;
    }
    m_to += ' ';
    number(size / 8);
    m_to += ' ';
    for (quint32 i = 0; i < size; i += 8) {
        if (const Stop stop = check(i + 8); stop != Stop::No)
            return stop;
        m_to += '{';
        number(u32(i) - m_sackOrigin);
        m_to += ':';
        number(u32(i + 4) - m_sackOrigin);
        m_to += '}';
    }
    return Stop::No;
}

Stop Printer::printAuthentication(quint32 size)
{
    if (size < 2) {
        m_to += " (invalid)";
        return Stop::No;
    }
    if (const Stop stop = check(1); stop != Stop::No)
        return stop;
    m_to += " keyid ";
    number(u8());
    if (const Stop stop = check(2); stop != Stop::No)
        return stop;
    m_to += " rnextkeyid ";
    number(u8(1));
    if (size > 2)
        m_to += " mac 0x";
    return hexWhileThere(2, size);
}

Stop Printer::printMptcp(quint32 size)
{
    if (const Stop stop = check(size); stop != Stop::No)
        return stop;
    m_isMptcp = true;
    QByteArray text;
    const bool isGood = MptcpText::append({&m_segment.options[m_at], size}, m_segment.flags, text);
    m_to += text.toStdString();
    return isGood ? Stop::No : Stop::Bad;
}

Stop Printer::printExperiment(quint32 size)
{
    constexpr quint16 fastOpenId = 0xf989;
    if (const Stop stop = check(size); stop != Stop::No)
        return stop;
    if (size < 2)
        return Stop::Bad;
    m_to += '-';
    if (u16() == fastOpenId) {
        m_to += "tfo";
        printFastOpen(2, size - 2);
    } else {
        hex(0, 2);
    }
    return Stop::No;
}

void Printer::printFastOpen(quint32 from, quint32 size)
{
    if (size == 0) {
        m_to += " cookiereq";
    } else if (size % 2 != 0 || size < 4 || size > 16) {
        m_to += " (invalid)";
    } else {
        m_to += " cookie ";
        hex(from, size);
    }
}

void Printer::hex(quint32 from, quint32 size)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (quint32 i = from; i < from + size; ++i) {
        m_to += digits[u8(i) >> 4];
        m_to += digits[u8(i) & 0x0f];
    }
}

Stop Printer::hexWhileThere(quint32 from, quint32 to)
{
    for (quint32 i = from; i < to; ++i) {
        if (const Stop stop = check(i + 1); stop != Stop::No)
            return stop;
        hex(i, 1);
    }
    return Stop::No;
}

} // namespace

TcpdumpOptions::Result TcpdumpOptions::append(const Segment &segment, quint32 sackOrigin, std::string &to)
{
    Printer printer(segment, sackOrigin, to);
    const bool isComplete = printer.print();
    return {isComplete, printer.cutMark()};
}
