// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirelines.h"

#include <QLocale>

#include <algorithm>

WireLines::WireLines(const Recording &recording, QObject *parent)
    : QObject(parent)
    , m_recording(recording)
{
    connect(&recording, &Recording::changed, this, &WireLines::update);
}

void WireLines::showConnection(int connection)
{
    const int flow = connection != 0 ? m_recording.flowOf(connection) : -1;
    showFlow(flow);
    m_connection = connection;
}

void WireLines::showFlow(int flow)
{
    m_connection = 0;
    m_flow = flow;
    m_unfolded.clear();
    take();
    emit reset();
}

void WireLines::setRelative(bool relative)
{
    if (std::exchange(m_relative, relative) != relative)
        emit changed(WireRow(0));
}

void WireLines::setSeenAt(Side end)
{
    if (std::exchange(m_seenAt, end) != end) {
        take();
        emit reset();
    }
}

bool WireLines::print(const TcpdumpPages::Write &write) const
{
    return m_flow >= 0 && source().print(m_relative, write);
}

void WireLines::take()
{
    m_segments = 0;
    m_headings.clear();
    if (m_flow < 0)
        return;
    m_segments = source().count();
    m_headings = source().headings();
}

void WireLines::update()
{
    if (m_flow < 0) {
        if (m_connection != 0 && m_recording.flowOf(m_connection) >= 0)
            showConnection(m_connection);
        return;
    }
    const qsizetype segments = m_segments;
    const std::vector<Heading> headings = m_headings;
    take();
    const auto differing = std::mismatch(headings.cbegin(), headings.cend(), m_headings.cbegin(), m_headings.cend());
    const bool headingsAreSame = differing.first == headings.cend() && differing.second == m_headings.cend();
    if (headingsAreSame && segments == m_segments)
        return;
    // The last phase may have got a fold, or its fold may have grown.
    qsizetype row = count();
    for (const Phase &phase : phases()) {
        if (phase.end >= segments && phase.begin <= segments && phase.isFolded)
            row = std::min(row, phase.foldRow());
    }
    if (segments < m_segments)
        row = std::min(row, rowOfLine(lineOfIndex(segments)).value());
    if (!headingsAreSame) {
        // A heading may be new, or gone.
        const auto heading = differing.second - m_headings.cbegin();
        const qsizetype segment = std::min(differing.first == headings.cend() ? m_segments : differing.first->row,
                                           differing.second == m_headings.cend() ? m_segments : differing.second->row);
        row = std::min(row, rowOfLine(WireLine(std::min(segment + heading, lineCount() - 1))).value());
    }
    emit changed(WireRow(row));
}

std::vector<WireLines::Phase> WireLines::phases() const
{
    std::vector<Phase> all;
    all.reserve(m_headings.size());
    qsizetype row = 0;
    for (size_t i = 0; i < m_headings.size(); ++i) {
        Phase phase{.heading = i, .begin = m_headings[i].row, .firstRow = row};
        phase.end = i + 1 < m_headings.size() ? m_headings[i + 1].row : m_segments;
        phase.isFolded = m_folding && phase.end - phase.begin > maxUnfolded && !m_unfolded.contains(i);
        row += phase.rows();
        all.push_back(phase);
    }
    return all;
}

qsizetype WireLines::count() const
{
    const std::vector<Phase> all = phases();
    return all.empty() ? 0 : all.back().firstRow + all.back().rows();
}

WireLines::Row WireLines::rowAt(WireRow at) const
{
    const qsizetype row = at.value();
    const std::vector<Phase> all = phases();
    const auto next = std::upper_bound(all.cbegin(), all.cend(), row,
                                       [](qsizetype wanted, const Phase &phase) { return wanted < phase.firstRow; });
    const Phase &phase = *std::prev(next);
    const qsizetype within = row - phase.firstRow;
    if (within == 0)
        return {.kind = Kind::Heading, .firstLine = WireLine(phase.firstLine())};
    if (!phase.isFolded || row < phase.foldRow())
        return {.kind = Kind::Segment, .firstLine = WireLine(phase.firstLine() + within)};
    const qsizetype hidden = phase.end - phase.begin - 2 * keptAtEnds;
    if (row == phase.foldRow())
        return {.kind = Kind::Fold, .firstLine = WireLine(phase.firstLine() + within), .lines = hidden};
    return {.kind = Kind::Segment, .firstLine = WireLine(phase.firstLine() + within + hidden - 1)};
}

WireRow WireLines::rowOfLine(WireLine at) const
{
    const qsizetype line = at.value();
    const std::vector<Phase> all = phases();
    const auto next = std::upper_bound(all.cbegin(), all.cend(), line,
                                       [](qsizetype wanted, const Phase &phase) { return wanted < phase.firstLine(); });
    const Phase &phase = *std::prev(next);
    const qsizetype row = phase.firstRow + line - phase.firstLine();
    if (!phase.isFolded || row < phase.foldRow())
        return WireRow(row);
    const qsizetype hidden = phase.end - phase.begin - 2 * keptAtEnds;
    return WireRow(std::max(phase.foldRow(), row - hidden + 1));
}

QString WireLines::textOfRow(WireRow row) const
{
    const Row shown = rowAt(row);
    return shown.kind == Kind::Fold ? tr("… %1 segments …").arg(QLocale().toString(shown.lines))
                                    : textOfLine(shown.firstLine);
}

QString WireLines::textOfLine(WireLine line) const
{
    const qsizetype index = indexOfLine(line);
    if (index < 0) {
        const auto heading = std::find_if(m_headings.cbegin(), m_headings.cend(), [&](const Heading &candidate) {
            return candidate.row + (&candidate - m_headings.data()) == line.value();
        });
        return heading->text;
    }
    std::string text;
    source().append(index, m_relative, text);
    std::replace(text.begin(), text.end(), '\n', ' '); // a line here is a segment, also in VXLAN
    return QString::fromLatin1(text);
}

qsizetype WireLines::indexOfLine(WireLine at) const
{
    const qsizetype line = at.value();
    qsizetype above = 0;
    for (const Heading &heading : m_headings) {
        if (heading.row + above == line)
            return -1;
        if (heading.row + above > line)
            break;
        ++above;
    }
    return line - above;
}

FlowRow WireLines::segmentOfLine(WireLine at) const
{
    const qsizetype index = indexOfLine(at);
    return index < 0 ? FlowRow() : source().rowOf(index);
}

WireLine WireLines::lineOfSegment(FlowRow segment) const
{
    return m_flow < 0 ? WireLine() : lineOfIndex(source().lineOf(segment));
}

WireLine WireLines::lineOfIndex(qsizetype index) const
{
    if (index < 0)
        return {};
    const auto headings =
        std::ranges::count_if(m_headings, [index](const Heading &heading) { return heading.row <= index; });
    return WireLine(index + headings);
}

void WireLines::setFolding(bool folding)
{
    m_folding = folding;
    m_unfolded.clear();
    emit changed(WireRow(0));
}

void WireLines::unfold(WireLine line)
{
    const WireRow row = rowOfLine(line);
    if (rowAt(row).kind != Kind::Fold)
        return;
    for (const Phase &phase : phases()) {
        if (phase.isFolded && phase.foldRow() == row.value())
            m_unfolded.insert(phase.heading);
    }
    emit changed(row);
}

#include "moc_wirelines.cpp"
