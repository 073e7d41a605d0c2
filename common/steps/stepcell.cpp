// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepcell.h"

#include "eventsentence.h"
#include "shortevent.h"
#include "steptime.h"

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 exactBytes = 999'999; ///< as many digits as the column has room for

QString bytesText(const Step &step)
{
    return step.bytes >= 0 && step.bytes <= exactBytes ? StepText::exactSize(step.bytes) : StepText::size(step.bytes);
}

/// "6 B, no NUL"
QString bytesLine(const Step &step)
{
    const QString text = bytesText(step);
    return step.unterminated ? StepRowText::tr("%1, no %2").arg(text, EventSentence::terminatorName(step.framing))
                             : text;
}

QString endpoints(const Step &step)
{
    if (step.local.isEmpty() || step.peer.isEmpty())
        return (step.local + step.peer).toHtmlEscaped();
    return StepRowText::tr("%1 to %2").arg(step.local, step.peer).toHtmlEscaped();
}

} // namespace

/// What the text of a message does not show.
QString StepRowText::note() const
{
    if (!m_step.isMessage())
        return {};
    if (m_step.part)
        return tr("(a part)");
    if (m_step.unterminated)
        return tr("(no %1)").arg(EventSentence::terminatorName(m_step.framing));
    return m_step.size == 0 ? tr("(empty)") : QString();
}

QString StepRowText::shown(Column column) const
{
    switch (column) {
    case TimeColumn:
        return m_time;
    case ConnectionColumn:
        return StepText::connection(m_step);
    case TextColumn:
        return StepText::shortLine(m_step, shownCharacters).text;
    default:
        return bytesText(m_step);
    }
}

QString StepRowText::copied(Column column) const
{
    if (column == TextColumn)
        return StepText::line(m_step, shownCharacters);
    return column == BytesColumn ? bytesLine(m_step) : shown(column);
}

StepCell StepRowText::cell(Column column) const
{
    StepCell cell{.kind = m_step.kind, .isEvent = m_step.isEvent()};
    if (column != TextColumn) {
        cell.text = shown(column);
        return cell;
    }
    StepText::Escaped line = StepText::shortLine(m_step, shownCharacters);
    cell.text = std::move(line.text);
    cell.escapes = std::move(line.escapes);
    cell.note = note();
    return cell;
}

/// A peer's text is escaped: a view would show what looks like HTML as HTML.
QString StepRowText::toolTip(Column column) const
{
    switch (column) {
    case TimeColumn:
        return StepTimeText::full(m_step.time);
    case ConnectionColumn:
        return endpoints(m_step);
    case BytesColumn:
        return StepText::exactSizeExplained(m_step);
    case TextColumn: // can be too long for its column
        return u"<p>%1</p>"_s.arg(StepText::line(m_step, shownCharacters).toHtmlEscaped());
    default:
        return {};
    }
}

QString StepRowText::accessible(Column column) const
{
    if (column == BytesColumn)
        return StepText::sizeExplained(m_step);
    QString text = shown(column);
    if (column != TextColumn)
        return text;
    if (const QString more = note(); !more.isEmpty())
        text += u' ' + more;
    switch (m_step.kind) {
    case StepKind::Send:
        return tr("sent: %1").arg(text);
    case StepKind::Recv:
        return tr("received: %1").arg(text);
    default:
        return m_step.isEvent() ? tr("Event: %1").arg(text) : text;
    }
}
