// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamview.h"

#include "picture/colors.h"
#include "streamrowtext.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace {

constexpr int markColumns = 2; ///< for the arrow
constexpr QChar toServer(0x2192);
constexpr QChar toClient(0x2190);

} // namespace

StreamView::StreamView(StreamReader &reader, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_reader(reader)
    , m_follower(verticalScrollBar(), this)
{
    UiTools::describe(this, "streamView", tr("Bytes of the connection"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    viewport()->setBackgroundRole(QPalette::Base);
    createActions();
    connect(&reader, &StreamReader::reset, this, &StreamView::rowsReset);
    connect(&reader, &StreamReader::changed, this, &StreamView::rowsChanged);
}

void StreamView::createActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot) {
        return UiTools::addAction(*this, text, keys, slot);
    };
    m_copy = add(tr("&Copy"), {QKeySequence(QKeySequence::Copy)}, [this] { copy(); });
    m_copy->setEnabled(false);
    add(tr("Select &All"), {QKeySequence(QKeySequence::SelectAll)}, [this] { selectAll(); });
    add(tr("&Save…"), {}, [this] { emit saveRequested(); });
}

void StreamView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void StreamView::setFollowsNewest(bool follows)
{
    m_follower.setFollowsNewest(follows);
    updateRange();
}

int StreamView::rowsShown() const
{
    return std::max(1, viewport()->height() / fontMetrics().height());
}

StreamRow StreamView::topRow() const
{
    return StreamRow(verticalScrollBar()->value());
}

StreamRow StreamView::rowAt(int y) const
{
    const StreamRow row = topRow() + y / fontMetrics().height();
    return y >= 0 && row.value() < m_reader.count() ? row : StreamRow();
}

void StreamView::rowsReset()
{
    m_current = m_anchor = {};
    m_matchSize = 0;
    m_widest = 0;
    m_top = StreamRow(0);
    m_copy->setEnabled(false);
    m_follower.restart();
    rowsChanged();
}

void StreamView::rowsChanged()
{
    updateRange();
}

/// A hidden view does not measure its font, which would have to be loaded.
void StreamView::updateRange()
{
    if (!isVisible())
        return;
    const qsizetype max = std::max<qsizetype>(0, m_reader.count() - rowsShown());
    m_follower.setRange(int(max), rowsShown(), int(std::min(m_top.value(), max)));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, m_widest - viewport()->width()));
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth());
    viewport()->update();
}

void StreamView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx)
    Q_UNUSED(dy)
    if (!m_follower.isMoving())
        m_top = topRow();
    viewport()->update();
}

void StreamView::ensureVisible(StreamRow row)
{
    const StreamRow last = topRow() + (rowsShown() - 1);
    if (row < topRow())
        verticalScrollBar()->setValue(int(row.value()));
    else if (row > last)
        verticalScrollBar()->setValue(int((row - (rowsShown() - 1)).value()));
}

QString StreamView::rowText(StreamRow row) const
{
    const StreamPart part = m_reader.row(row);
    if (part.size() == 0)
        return {};
    return StreamRowText::of(part, m_reader.form(), m_reader.offsetAt(part.place));
}

void StreamView::select(StreamRow row, bool extend)
{
    m_current = row;
    if (!extend || !m_anchor.isValid())
        m_anchor = row;
    m_matchSize = 0;
    m_copy->setEnabled(true);
    ensureVisible(row);
    viewport()->update();
    tellCurrentRow(*this);
    if (const StreamPart part = m_reader.row(row); part.size() > 0)
        emit segmentSelected(m_reader.runAt(part.place).row);
}

void StreamView::showMatch(qint64 place, qint64 size)
{
    if (const StreamRow row = m_reader.rowAt(place); row.isValid())
        select(row, false);
    m_match = place;
    m_matchSize = size;
    viewport()->update();
}

qint64 StreamView::currentPlace()
{
    if (m_matchSize > 0)
        return m_match;
    return m_current.isValid() && m_current.value() < m_reader.count() ? m_reader.row(m_current).place : -1;
}

void StreamView::selectAll()
{
    if (m_reader.count() == 0)
        return;
    m_anchor = StreamRow(0);
    m_current = StreamRow(m_reader.count() - 1);
    m_copy->setEnabled(true);
    viewport()->update();
}

void StreamView::copy()
{
    if (!m_current.isValid() || m_reader.count() == 0)
        return;
    const StreamRow first = std::min(m_current, m_anchor);
    const StreamRow last = std::min(std::max(m_current, m_anchor), StreamRow(m_reader.count() - 1));
    const qsizetype wanted = last - first + 1;
    QString text;
    for (StreamRow row = first; row < first + std::min(wanted, copyLimit); ++row)
        text += rowText(row) + u'\n';
    QGuiApplication::clipboard()->setText(text);
    if (wanted > copyLimit)
        emit noted(tr("The first %1 of %2 lines were copied. Save… writes all bytes.")
                       .arg(QLocale().toString(copyLimit), QLocale().toString(wanted)));
}

void StreamView::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().base());
    if (m_reader.count() == 0) {
        painter.setFont(parentWidget() ? parentWidget()->font() : font());
        UiTools::paintEmptyText(painter, viewport()->rect(), *this, m_emptyText);
        return;
    }
    painter.setFont(font());
    QRect rect(0, 0, viewport()->width(), fontMetrics().height());
    const int widest = m_widest;
    for (StreamRow row = topRow(); row.value() < m_reader.count() && rect.top() < viewport()->height(); ++row) {
        paintRow(painter, rect, row);
        rect.translate(0, rect.height());
    }
    if (m_widest > widest) // the range of a scroll bar cannot change while its view is painted
        QMetaObject::invokeMethod(this, &StreamView::updateRange, Qt::QueuedConnection);
}

void StreamView::paintRow(QPainter &painter, const QRect &rect, StreamRow row)
{
    const StreamPart part = m_reader.row(row);
    if (part.size() == 0)
        return;
    const StreamRun &run = m_reader.runAt(part.place);
    const Colors &colors = Colors::of(palette());
    const bool isSelected =
        m_current.isValid() && row >= std::min(m_current, m_anchor) && row <= std::max(m_current, m_anchor);
    if (isSelected)
        painter.fillRect(rect,
                         palette().brush(hasFocus() ? QPalette::Active : QPalette::Inactive, QPalette::Highlight));
    else if (run.sender == Side::Server)
        painter.fillRect(rect, colors.tint);
    painter.setPen(isSelected         ? palette().color(QPalette::HighlightedText)
                   : part.missing > 0 ? colors.quietText
                                      : palette().color(QPalette::Text));
    const int column = fontMetrics().horizontalAdvance(u'0');
    const int left = -horizontalScrollBar()->value();
    if (part.place == run.place) {
        const QChar mark = run.sender == Side::Client ? toServer : toClient;
        painter.drawText(QRect(left, rect.top(), column * markColumns, rect.height()), Qt::AlignLeft, mark);
    }
    const qint64 offset = m_reader.offsetAt(part.place);
    const QString text = StreamRowText::of(part, m_reader.form(), offset);
    const int textLeft = left + column * markColumns;
    const qint64 from = std::max(m_match, part.place);
    const qint64 to = std::min(m_match + m_matchSize, part.place + part.size());
    if (from < to) {
        const auto range = StreamRowText::characters(part, m_reader.form(), offset, from - part.place, to - part.place);
        const int begin = fontMetrics().horizontalAdvance(text.first(std::min(range.from, text.size())));
        const int end = fontMetrics().horizontalAdvance(text.first(std::min(range.to, text.size())));
        const QRect match(textLeft + begin, rect.top(), std::max(end - begin, column / 2), rect.height() - 1);
        painter.drawRect(match);
    }
    painter.drawText(QRect(textLeft, rect.top(), std::max(rect.width(), m_widest), rect.height()), Qt::AlignLeft, text);
    m_widest = std::max(m_widest, column * (markColumns + 1) + fontMetrics().horizontalAdvance(text));
}

void StreamView::keyPressEvent(QKeyEvent *event)
{
    const StreamRow last(m_reader.count() - 1);
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const auto moveTo = [&](StreamRow row) { select(std::clamp(row, StreamRow(0), last), extend); };
    const bool hasCurrent = m_current.isValid();
    switch (!last.isValid() || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier) ? 0 : event->key()) {
    case Qt::Key_Up:
        return moveTo(hasCurrent ? m_current - 1 : last);
    case Qt::Key_Down:
        return moveTo(hasCurrent ? m_current + 1 : topRow());
    case Qt::Key_PageUp:
        return moveTo((hasCurrent ? m_current : topRow()) - rowsShown());
    case Qt::Key_PageDown:
        return moveTo((hasCurrent ? m_current : topRow()) + rowsShown());
    case Qt::Key_Home:
        return moveTo(StreamRow(0));
    case Qt::Key_End:
        moveTo(last);
        return m_follower.jumpToNewest();
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void StreamView::mousePressEvent(QMouseEvent *event)
{
    const StreamRow row = rowAt(event->position().toPoint().y());
    const bool isInSelection =
        m_current.isValid() && row >= std::min(m_current, m_anchor) && row <= std::max(m_current, m_anchor);
    if (row.isValid() && (event->button() == Qt::LeftButton || !isInSelection))
        select(row, event->modifiers() & Qt::ShiftModifier);
}

void StreamView::mouseMoveEvent(QMouseEvent *event)
{
    const StreamRow row = rowAt(event->position().toPoint().y());
    if (event->buttons() & Qt::LeftButton && row.isValid() && row != m_current)
        select(row, true);
}

void StreamView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    updateRange();
}

void StreamView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateRange();
}

void StreamView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_widest = 0;
        updateRange();
    }
}

void StreamView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    tellFocus(*this);
}

void StreamView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

#include "moc_streamview.cpp"
