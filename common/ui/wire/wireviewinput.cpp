// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The mouse, the keys and the context menu of WireView.

#include "wireview.h"

#include "ui/tools/uitools.h"

#include <QAction>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

void WireView::createActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot) {
        return UiTools::addAction(*this, text, keys, slot);
    };
    m_copy = add(tr("&Copy"), {QKeySequence(QKeySequence::Copy)}, [this] { copy(); });
    m_copyAll = add(tr("Copy A&ll"), {}, [this] { copyRanges({{0, m_lines.lineCount() - 1}}); });
    add(tr("Select &All"), {QKeySequence(QKeySequence::SelectAll)}, [this] { selectAll(); });
    m_save = add(tr("&Save…"), {QKeySequence(QKeySequence::Save)}, [this] { emit saveRequested(); });
    m_fold = new QAction(tr("Fold Lon&g Phases"), this);
    m_fold->setCheckable(true);
    m_fold->setChecked(m_lines.isFolding());
    connect(m_fold, &QAction::toggled, &m_lines, &WireLines::setFolding);
    addAction(m_fold);
    updateActions();
}

void WireView::moveTo(WireRow row, const QKeyEvent &event)
{
    select(std::clamp(row, WireRow(0), WireRow(m_lines.count() - 1)),
           event.modifiers() & Qt::ShiftModifier ? Extend::Range : Extend::No);
}

void WireView::keyPressEvent(QKeyEvent *event)
{
    const WireRow last(m_lines.count() - 1);
    const WireRow current = m_current.isValid() ? m_lines.rowOfLine(m_current) : WireRow();
    const qsizetype page = verticalScrollBar()->pageStep();
    switch (!last.isValid() || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier) ? 0 : event->key()) {
    case Qt::Key_Up:
        moveTo(current.isValid() ? current - 1 : last, *event);
        break;
    case Qt::Key_Down:
        moveTo(current.isValid() ? current + 1 : topRow(), *event);
        break;
    case Qt::Key_PageUp:
        moveTo((current.isValid() ? current : topRow()) - page, *event);
        break;
    case Qt::Key_PageDown:
        moveTo((current.isValid() ? current : topRow()) + page, *event);
        break;
    case Qt::Key_Home:
        moveTo(WireRow(0), *event);
        break;
    case Qt::Key_End:
        moveTo(last, *event);
        jumpToNewest();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current.isValid())
            m_lines.unfold(m_current);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void WireView::mousePressEvent(QMouseEvent *event)
{
    const WireRow row = rows().rowAt(event->position().toPoint().y(), topRow());
    if (!row.isValid())
        return;
    if (event->button() == Qt::RightButton) {
        if (!m_selection.touches(rangeOf(row)))
            select(row, Extend::No);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const Qt::KeyboardModifiers keys = event->modifiers();
    if (keys == Qt::NoModifier && m_lines.rowAt(row).kind == WireLines::Kind::Fold) {
        m_lines.unfold(m_lines.rowAt(row).firstLine);
        return;
    }
    select(row, keys & Qt::ShiftModifier ? Extend::Range : keys & Qt::ControlModifier ? Extend::Toggle : Extend::No);
}

void WireView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_anchor.isValid())
        return;
    const WireRow row = rows().rowAt(event->position().toPoint().y(), topRow());
    if (row != m_lines.rowOfLine(m_current))
        select(row, Extend::Range);
}
