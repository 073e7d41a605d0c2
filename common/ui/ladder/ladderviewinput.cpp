// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The actions, keys, wheel and mouse of a LadderView.

#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/laddertext.h"
#include "ladderview.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

void LadderView::createActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot) {
        return UiTools::addAction(*this, text, keys, slot);
    };
    add(tr("&Zoom In"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
        [this] { setZoom(m_zoom + 1); });
    add(tr("Zoom &Out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] { setZoom(m_zoom - 1); });
    add(tr("Original &Size"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, [this] { setZoom(0); });
    m_swapEnds = new QAction(tr("S&wap Ends"), this);
    m_swapEnds->setObjectName(QStringLiteral("swapEndsAction"));
    connect(m_swapEnds, &QAction::triggered, this, [this] { emit swapEndsRequested(m_model.flowIndex()); });
    addAction(m_swapEnds);
    m_viewActions = actions();
    setContextMenuPolicy(Qt::ActionsContextMenu);
    updateSwapEnds();
}

/// A SYN, or a program's own steps, prove which end is the client, so only a guess may be corrected.
void LadderView::updateSwapEnds()
{
    m_swapEnds->setEnabled(m_model.canSwapEnds());
    m_swapEnds->setToolTip(m_model.canSwapEnds()
                               ? tr("Show the client as the server: the capture begins after the handshake, so the "
                                    "ends are a guess")
                               : tr("The ends are certain: a SYN or a step shows which one is the client"));
}

void LadderView::addActionsTo(QMenu *menu)
{
    menu->addActions(m_viewActions);
}

void LadderView::keyPressEvent(QKeyEvent *event)
{
    const LadderIndex first(0);
    const LadderIndex last(m_model.count() - 1);
    const LadderIndex current = m_marks.current;
    const qsizetype page = std::max<qsizetype>(1, qsizetype(scene().rows.size()) - 2);
    switch (!last.isValid() || event->modifiers() & Qt::ControlModifier ? 0 : event->key()) {
    case Qt::Key_Up:
        setCurrentRow(current.isValid() ? std::max(first, current - 1) : last);
        break;
    case Qt::Key_Down:
        setCurrentRow(current.isValid() ? std::min(last, current + 1) : topRow());
        break;
    case Qt::Key_PageUp:
        setCurrentRow(std::max(first, (current.isValid() ? current : topRow()) - page));
        break;
    case Qt::Key_PageDown:
        setCurrentRow(std::min(last, (current.isValid() ? current : topRow()) + page));
        break;
    case Qt::Key_Home:
        setCurrentRow(first);
        break;
    case Qt::Key_End:
        setCurrentRow(last);
        jumpToNewest();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

/// A notch scrolls by a row.
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
    // The context menu is about a row, too.
    const bool selects = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (!selects || !isAmongRows(event->position().y()))
        return;
    const LadderScene::Hit hit = scene().hitTest(event->position());
    if (hit.row.isValid())
        selectAndTell(hit.row, hit.step.isValid() ? hit.step : LadderRows::stepThatGoesWith(m_model, hit.row));
}

void LadderView::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(isAmongRows(event->position().y()) ? scene().hitTest(event->position()).row : LadderIndex());
}

void LadderView::setHovered(LadderIndex row)
{
    if (std::exchange(m_marks.hovered, row) != row)
        viewport()->update();
}

void LadderView::focusInEvent(QFocusEvent *event)
{
    m_marks.hasFocus = true;
    viewport()->update();
    QAbstractScrollArea::focusInEvent(event);
    tellFocus(*this);
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
        setHovered({});
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const LadderIndex row = isAmongRows(help->pos().y()) ? scene().hitTest(help->pos()).row : LadderIndex();
    if (!row.isValid()) {
        QToolTip::hideText();
        return true;
    }
    const QString text = LadderText::described(LadderRows::make(m_model, row))
                             .toHtmlEscaped()
                             .replace(QLatin1Char('\n'), QLatin1StringView("<br>"));
    QToolTip::showText(help->globalPos(), QStringLiteral("<p>%1</p>").arg(text), viewport());
    return true;
}
