// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "packets/decoder.h"
#include "packets/tunnel.h"
#include "tcpdump/tcpdumpline.h"

#include <array>
#include <vector>

using Fuzz::check;

namespace {

constexpr std::array linkTypes{0, 1, 12, 14, 101, 108, 113, 147, 228, 229, 276,
                               // Added later; seeds name the link type by its place.
                               9, 50, 51, 105, 127, 166, 239};

void checkSegment(const Segment &segment)
{
    check(segment.source.version == segment.destination.version, "both ends have the same version of IP");
    check((segment.tunnel == 0) == Tunnel::name(segment.tunnel).isEmpty(), "a tunnel has a name");
    if (const IcmpError *error = segment.icmp()) {
        check(!segment.isSound() && segment.capturedBytes == 0, "an error has no TCP header");
        check(error->version == segment.source.version && !error->name().isEmpty(), "an error has a name");
        check(error->mtu == 0 || error->kind == IcmpError::Kind::TooBig, "only one kind has an MTU");
    } else {
        check(segment.capturedBytes >= 4 && segment.capturedBytes <= 60, "the ports were captured");
    }
    check(segment.headerBytes <= 60 && segment.headerBytes % 4 == 0, "a header's length is a nibble of words");
    check(segment.optionBytes <= segment.options.size(), "the options have room");
    check(segment.capturedLength <= segment.length, "no more payload is captured than there is");
    if (segment.isSound())
        check(segment.headerBytes >= Segment::fixedHeaderBytes, "a sound header is whole");
    else
        check(segment.length == 0 && segment.optionBytes == 0, "an unsound header says nothing");
}

void checkLine(const Segment &segment, const SequenceOrigin &origin)
{
    std::string text;
    TcpdumpLine::append(segment, origin, text);
    QByteArray line = QByteArray::fromStdString(text);
    const bool isPlain = !segment.oddities || segment.oddities->beforeIp.isEmpty();
    check(line.size() > 15 && line.at(8) == '.' && line.at(15) == ' ' && line.contains("IP"),
          "a line begins with the time of day and contains IP");
    check(!isPlain || line.indexOf(" IP") == 15, "an ordinary line begins with the time of day and IP");
    check(line.count('\n') == line.count("VXLAN, "), "each VXLAN header ends a line");
    line.replace('\n', ' ');
    check(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }), "a line is plain ASCII");
}

} // namespace

/// Input: the link type, the number of bytes that the packet had beyond the captured ones, and the captured bytes.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const int linkType = linkTypes[size_t(input.byte()) % linkTypes.size()];
    const auto missing = quint32(input.byte());
    // A copy of the exact size, so that the sanitizer detects reads beyond its end.
    const std::vector<uchar> bytes(input.rest().begin(), input.rest().end());
    const auto captured = quint32(bytes.size());
    Segment segment;
    if (Decoder::decode(linkType, {bytes.data(), captured, captured + missing, qint64(size) * 1000003, 1}, segment) !=
        Decoded::Segment)
        return 0;
    checkSegment(segment);
    RelativeNumbers numbers;
    checkLine(segment, {});
    checkLine(segment, numbers.originOf(segment));
    checkLine(segment, numbers.originOf(segment));
    return 0;
}
