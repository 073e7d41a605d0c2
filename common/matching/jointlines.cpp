// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a JointCapture says: sentences, and tcpdump's lines.

#include "jointcapture.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

struct JointLinesStrings {
    Q_DECLARE_TR_FUNCTIONS(JointCapture)
};

/// "1.204 ms"
QString milliseconds(qint64 us)
{
    return JointLinesStrings::tr("%1 ms").arg(QLocale::c().toString(double(us) / 1000, 'f', 3));
}

} // namespace

QString JointCapture::clockSentence() const
{
    const ClockOffset &offset = m_times.offset;
    if (offset.source == ClockOffset::Source::Nothing)
        return JointLinesStrings::tr(
            "The offset of the clocks is not known: no segment is certainly in both captures.");
    if (offset.source == ClockOffset::Source::OneDirection)
        return JointLinesStrings::tr(
            "The offset of the clocks is not known, because segments of only one direction are "
            "in both captures. The times of B are shown as if the fastest took no time.");
    QString sentence =
        offset.us == 0 ? JointLinesStrings::tr("The clocks of A and B agree")
                       : JointLinesStrings::tr("The clock of B is %1 %2 A's")
                             .arg(milliseconds(std::abs(offset.us)),
                                  offset.us > 0 ? JointLinesStrings::tr("ahead of") : JointLinesStrings::tr("behind"));
    sentence += JointLinesStrings::tr("; this assumes equal paths in both directions.");
    return offset.fits ? sentence
                       : sentence + u' ' + JointLinesStrings::tr("No single offset fits, so delays are not exact.");
}

QString JointCapture::endSentence(const Flow &flow) const
{
    const bool isFirstAtClient = flow.transits()->captureAt[size_t(Side::Client)] == 0;
    const QString sentence =
        isFirstAtClient ? JointLinesStrings::tr("A: %1, captured at the client. B: %2, captured at the server.")
                        : JointLinesStrings::tr("A: %1, captured at the server. B: %2, captured at the client.");
    const QString assumed =
        flow.transits()->isEndAssumed ? u' ' + JointLinesStrings::tr("That A is the client's is assumed.") : QString();
    return sentence.arg(name(0), name(1)) + assumed;
}

QStringList JointCapture::legend(int index, const Flow &flow) const
{
    if (isOfOnePlace())
        return notes().mid(0, 1);
    const Origin &origin = m_origins[size_t(index)];
    if (origin.isOfOne())
        return {JointLinesStrings::tr("This connection is only in %1.").arg(name(origin.flows[0] < 0 ? 1 : 0))};
    return {endSentence(flow), clockSentence()};
}

QStringList JointCapture::notes() const
{
    QStringList notes;
    if (m_areSame)
        notes << JointLinesStrings::tr("%1 and %2 are the same capture. It is shown once.").arg(name(0), name(1));
    else if (m_onePlace)
        notes << JointLinesStrings::tr("%1 and %2 were captured at the same place. Only %3 is shown.")
                     .arg(name(0), name(1), name(*m_onePlace));
    const auto alone = std::ranges::count_if(m_origins, &Origin::isOfOne);
    if (!m_onePlace && alone > 0)
        notes << (alone == 1 ? JointLinesStrings::tr("One connection is in one of the captures only.")
                             : JointLinesStrings::tr("%1 connections are in one of the captures only.").arg(alone));
    for (const size_t capture : {0, 1}) {
        for (const QString &sentence : {m_ends[capture]->leftOut(), m_ends[capture]->sentence()}) {
            if (!sentence.isEmpty())
                notes << JointLinesStrings::tr("%1: %2").arg(name(capture), sentence);
        }
        if (!m_onePlace && m_ends[capture]->hasDrops())
            notes << JointLinesStrings::tr(
                         "%1 lacks packets that were dropped while capturing, so nothing is called lost.")
                         .arg(name(capture));
    }
    return notes;
}

qsizetype JointCapture::lineCount(const Flow &flow) const
{
    return flow.transits() ? qsizetype(flow.transits()->lines.size()) : flow.count();
}

qsizetype JointCapture::rowOfLine(const Flow &flow, qsizetype line) const
{
    return flow.transits() ? flow.transits()->lines[size_t(line)].row : line;
}

qsizetype JointCapture::lineOfRow(const Flow &flow, qsizetype row) const
{
    return flow.transits() ? flow.transits()->rows[size_t(row)].firstLine() : row;
}

void JointCapture::appendLine(int index, const Flow &flow, qsizetype line, bool isRelative, std::string &to) const
{
    const Origin &origin = m_origins[size_t(index)];
    size_t capture = origin.flows[0] < 0 ? 1 : 0;
    qsizetype row = line;
    if (const Transits *transits = flow.transits()) {
        capture = transits->lines[size_t(line)].capture;
        row = transits->lines[size_t(line)].captureRow;
    }
    if (!isOfOnePlace())
        to += capture == 0 ? "A " : "B ";
    m_ends[capture]->pages().appendLine(origin.flows[capture], row, isRelative, to);
}

bool JointCapture::print(int index, const Flow &flow, bool isRelative, const TcpdumpPages::Write &write) const
{
    std::string text;
    auto heading = flow.headings().begin();
    for (qsizetype line = 0; line < lineCount(flow); ++line) {
        for (; heading != flow.headings().end() && lineOfRow(flow, heading->row) <= line; ++heading)
            text.append(heading->text.begin(), heading->text.end()).push_back('\n');
        appendLine(index, flow, line, isRelative, text);
        text += '\n';
        if (text.size() < TcpdumpPages::pieceBytes)
            continue;
        if (!write(text))
            return false;
        text.clear();
    }
    return write(text);
}
