// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a LadderView does at keys, the wheel and the mouse.

#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "ladderview.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

void LadderView::keyPressEvent(QKeyEvent *event)
{
    const qsizetype last = m_model.count() - 1;
    const qsizetype current = m_marks.current;
    const qsizetype page = std::max<qsizetype>(1, qsizetype(scene().rows.size()) - 2);
    switch (last < 0 || event->modifiers() & Qt::ControlModifier ? 0 : event->key()) {
    case Qt::Key_Up:
        setCurrentRow(current < 0 ? last : std::max<qsizetype>(0, current - 1));
        break;
    case Qt::Key_Down:
        setCurrentRow(current < 0 ? topRow() : std::min(last, current + 1));
        break;
    case Qt::Key_PageUp:
        setCurrentRow(std::max<qsizetype>(0, (current < 0 ? topRow() : current) - page));
        break;
    case Qt::Key_PageDown:
        setCurrentRow(std::min(last, (current < 0 ? topRow() : current) + page));
        break;
    case Qt::Key_Home:
        setCurrentRow(0);
        break;
    case Qt::Key_End:
        setCurrentRow(last);
        jumpToNewest();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

/// A notch moves by a row.
void LadderView::wheelEvent(QWheelEvent *event)
{
    constexpr int notch = QWheelEvent::DefaultDeltasPerStep;
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        if (const int turned = event->angleDelta().y())
            setZoom(m_zoom + (turned > 0 ? 1 : -1));
        return;
    }
    m_turned += event->angleDelta().y();
    const int notches = std::exchange(m_turned, m_turned % notch) / notch;
    const int value = verticalScrollBar()->value();
    verticalScrollBar()->setValue(value - notches * scroll().step(value));
}

void LadderView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !isAmongRows(event->position().y()))
        return;
    const LadderScene::Hit hit = scene().hitTest(event->position());
    if (hit.row < 0)
        return;
    select(hit.row, hit.step >= 0 ? hit.step : stepThatGoesWith(hit.row), true);
}

void LadderView::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(isAmongRows(event->position().y()) ? scene().hitTest(event->position()).row : -1);
}

void LadderView::setHovered(qsizetype row)
{
    if (std::exchange(m_marks.hovered, row) != row)
        viewport()->update();
}

void LadderView::focusInEvent(QFocusEvent *event)
{
    m_marks.hasFocus = true;
    viewport()->update();
    QAbstractScrollArea::focusInEvent(event);
}

void LadderView::focusOutEvent(QFocusEvent *event)
{
    m_marks.hasFocus = false;
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

bool LadderView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const qsizetype row = isAmongRows(help->pos().y()) ? scene().hitTest(help->pos()).row : -1;
    if (row < 0) {
        QToolTip::hideText();
        return true;
    }
    const QString text = LadderText::described(LadderRows::make(m_model, row))
                             .toHtmlEscaped()
                             .replace(QLatin1Char('\n'), QLatin1StringView("<br>"));
    QToolTip::showText(help->globalPos(), QStringLiteral("<p>%1</p>").arg(text), viewport());
    return true;
}
