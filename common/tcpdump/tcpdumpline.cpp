// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpdumpline.h"

#include "packets/addressline.h"
#include "tcpdumpoptions.h"

#include <charconv>
#include <ctime>

namespace {

using AddressLine::appendNumber;

void appendTime(qint64 timeUs, std::string &to)
{
    constexpr qint64 second = 1000000;
    const qint64 us = (timeUs % second + second) % second; // a clock may be set to a time before 1970
    const std::time_t seconds = (timeUs - us) / second;
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 15> text{};
    const auto put = [&text](size_t at, int digits, qint64 value) {
        for (size_t i = at + size_t(digits); i-- > at; value /= 10)
            text[i] = char('0' + value % 10);
    };
    put(0, 2, local.tm_hour);
    text[2] = ':';
    put(3, 2, local.tm_min);
    text[5] = ':';
    put(6, 2, local.tm_sec);
    text[8] = '.';
    put(9, 6, us);
    to.append(text.data(), text.size());
}

void appendFlags(const Segment &segment, std::string &to)
{
    constexpr std::array letters{
        std::pair(Segment::Fin, 'F'), std::pair(Segment::Syn, 'S'), std::pair(Segment::Rst, 'R'),
        std::pair(Segment::Psh, 'P'), std::pair(Segment::Ack, '.'), std::pair(Segment::Urg, 'U'),
        std::pair(Segment::Ece, 'E'), std::pair(Segment::Cwr, 'W'),
    };
    to += "Flags [";
    if ((segment.flags & 0xff) == 0)
        to += "none";
    for (const auto &[flag, letter] : letters) {
        if (segment.has(flag))
            to += letter;
    }
    to += ']';
}

void appendNumbers(const Segment &segment, const SequenceOrigin &origin, std::string &to)
{
    if (segment.length > 0 || (segment.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0) {
        const quint32 sequence = segment.sequence - origin.sequence;
        to += ", seq ";
        appendNumber(sequence, to);
        if (segment.length > 0) {
            to += ':';
            appendNumber(sequence + segment.length, to);
        }
    }
    if (segment.has(Segment::Ack)) {
        to += ", ack ";
        appendNumber(segment.acknowledgement - origin.acknowledgement, to);
    }
    to += ", win ";
    appendNumber(segment.window, to);
    if (segment.has(Segment::Urg)) {
        to += ", urg ";
        appendNumber(segment.urgent, to);
    }
}

void appendWrongLength(const Segment &segment, const char *what, quint32 limit, std::string &to)
{
    to += " [bad hdr length ";
    appendNumber(segment.headerBytes, to);
    to += what;
    appendNumber(limit, to);
    to += ']';
}

} // namespace

void TcpdumpLine::append(const Segment &segment, const SequenceOrigin &origin, std::string &to)
{
    appendTime(segment.timeUs, to);
    to += ' ';
    if (segment.oddities)
        to += segment.oddities->beforeIp.toStdString();
    if (const IcmpError *error = segment.icmp()) {
        to += error->line.toStdString();
        return;
    }
    AddressLine::append(segment, AddressLine::Ports::With, to);
    if (segment.capturedBytes < Segment::fixedHeaderBytes) {
        to += " [|tcp]";
        return;
    }
    if (segment.headerBytes < Segment::fixedHeaderBytes) {
        const qint64 tcpBytes = segment.oddities ? segment.oddities->tcpBytes : segment.headerBytes;
        to += " tcp ";
        appendNumber(quint32(tcpBytes) - segment.headerBytes, to);
        appendWrongLength(segment, " - too short, < ", Segment::fixedHeaderBytes, to);
        return;
    }
    appendFlags(segment, to);
    if (!segment.isSound()) {
        appendWrongLength(segment, " - too long, > ", quint32(segment.oddities->tcpBytes), to);
        return;
    }
    appendNumbers(segment, origin, to);
    TcpdumpOptions::Result options;
    if (segment.headerBytes > Segment::fixedHeaderBytes)
        options = TcpdumpOptions::append(segment, origin.sack, to);
    if (!options.isComplete)
        return;
    to += ", length ";
    appendNumber(segment.length, to);
    if (segment.length > 0 && segment.capturedBytes < segment.headerBytes) {
        to += " [remaining caplen(";
        appendNumber(segment.capturedBytes, to);
        to += ") < header length(";
        appendNumber(segment.headerBytes, to);
        to += ")]";
        to += options.cutMark;
    }
}

SequenceOrigin RelativeNumbers::originOf(const Segment &segment)
{
    if (segment.capturedBytes < Segment::fixedHeaderBytes || segment.headerBytes < Segment::fixedHeaderBytes ||
        !segment.has(Segment::Ack))
        return {};
    const auto ends = AddressPair::of(segment.source, segment.destination);
    const bool isFromHigher = segment.source != ends.lower;
    auto found = m_numbers.find(ends);
    const bool isNew = found == m_numbers.end();
    if (isNew)
        found = m_numbers.insert(ends, {});
    auto &[lower, higher] = *found;
    quint32 &own = isFromHigher ? higher : lower;
    quint32 &other = isFromHigher ? lower : higher;
    if (!isNew && !segment.has(Segment::Syn))
        return {own, other, other};
    own = segment.sequence;
    other = segment.acknowledgement - 1;
    return {0, 0, other};
}
