// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpdumppages.h"

#include <algorithm>

namespace {

bool areSame(const SequenceOrigin &one, const SequenceOrigin &other)
{
    return one.sequence == other.sequence && one.acknowledgement == other.acknowledgement && one.sack == other.sack;
}

} // namespace

TcpdumpPages::TcpdumpPages(const FlowTable &flows)
    : m_flows(flows)
{
}

void TcpdumpPages::append(const Segment &segment, const FlowTable::Place &place)
{
    if (size_t(place.flow) >= m_pages.size())
        m_pages.resize(size_t(place.flow) + 1);
    Page &page = m_pages[size_t(place.flow)];
    Rest &rest = page.rests.emplace_back();
    rest.isOdd = segment.oddities || !segment.isSound();
    if (rest.isOdd) {
        m_odd.insert_or_assign({place.flow, place.row}, segment);
    } else {
        rest.options = quint32(page.options.size());
        rest.urgent = segment.urgent;
        rest.optionBytes = segment.optionBytes;
        rest.headerBytes = segment.headerBytes;
        rest.capturedBytes = segment.capturedBytes;
        page.options.insert(page.options.end(), segment.options.cbegin(),
                            segment.options.cbegin() + segment.optionBytes);
    }
    const SequenceOrigin origin = m_numbers.originOf(segment);
    std::vector<Origin> &origins = page.origins[size_t(m_flows.at(place.flow).at(place.row).sender)];
    if (origins.empty() || !areSame(origins.back().numbers, origin))
        origins.push_back({quint32(place.row), origin});
}

void TcpdumpPages::swapEnds(int flow)
{
    if (size_t(flow) >= m_pages.size())
        return;
    Page &page = m_pages[size_t(flow)];
    std::swap(page.origins[0], page.origins[1]);
}

Segment TcpdumpPages::segmentAt(int flow, qsizetype row) const
{
    const Page &page = m_pages[size_t(flow)];
    const Rest &rest = page.rests[size_t(row)];
    if (rest.isOdd)
        return m_odd.at({flow, row});
    const FlowSegment &shown = m_flows.at(flow).at(row);
    const bool isFromClient = shown.sender == Side::Client;
    Segment segment;
    segment.timeUs = shown.timeUs;
    segment.frame = shown.frame;
    segment.source = m_flows.at(flow).address(isFromClient ? Side::Client : Side::Server);
    segment.destination = m_flows.at(flow).address(isFromClient ? Side::Server : Side::Client);
    segment.sequence = shown.sequence;
    segment.acknowledgement = shown.acknowledgement;
    segment.flags = shown.flags;
    segment.window = shown.window;
    segment.urgent = rest.urgent;
    segment.optionBytes = rest.optionBytes;
    std::copy_n(page.options.cbegin() + rest.options, rest.optionBytes, segment.options.begin());
    segment.headerBytes = rest.headerBytes;
    segment.capturedBytes = rest.capturedBytes;
    segment.length = shown.length;
    segment.capturedLength = shown.capturedLength;
    return segment;
}

SequenceOrigin TcpdumpPages::originAt(int flow, qsizetype row) const
{
    const std::vector<Origin> &origins = m_pages[size_t(flow)].origins[size_t(m_flows.at(flow).at(row).sender)];
    const auto next = std::upper_bound(origins.cbegin(), origins.cend(), row,
                                       [](qsizetype at, const Origin &origin) { return at < origin.row; });
    return next == origins.cbegin() ? SequenceOrigin() : std::prev(next)->numbers;
}

void TcpdumpPages::appendLine(int flow, qsizetype row, bool isRelative, std::string &to) const
{
    TcpdumpLine::append(segmentAt(flow, row), isRelative ? originAt(flow, row) : SequenceOrigin(), to);
}

bool TcpdumpPages::print(int flow, bool isRelative, const Write &write) const
{
    std::string text;
    const std::vector<Heading> &headings = m_flows.at(flow).headings();
    auto heading = headings.begin();
    for (qsizetype row = 0; row < m_flows.at(flow).count(); ++row) {
        for (; heading != headings.end() && heading->row == row; ++heading)
            text.append(heading->text.begin(), heading->text.end()).push_back('\n');
        appendLine(flow, row, isRelative, text);
        text += '\n';
        if (text.size() < pieceBytes)
            continue;
        if (!write(text))
            return false;
        text.clear();
    }
    return write(text);
}
