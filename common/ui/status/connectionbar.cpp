// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionbar.h"

#include "connectioncombo.h"
#include "statechip.h"
#include "ui/tools/uitools.h"

#include <QHBoxLayout>

namespace {

constexpr int minCharacters = 18; ///< "#1 127.0.0.1:8700"
constexpr int maxCharacters = 40; ///< "#1 127.0.0.1:8700, socket closed", and more

} // namespace

ConnectionBar::ConnectionBar(QWidget *parent)
    : QWidget(parent)
    , m_combo(new ConnectionCombo("connectionCombo", minCharacters, this))
    , m_thisEnd(new StateChip("stateLabel", tr("This end"), this))
    , m_otherEnd(new StateChip("peerStateLabel", tr("Other end"), this))
{
    m_combo->setModel(&m_model);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_combo, 1);
    layout->addWidget(m_thisEnd);
    layout->addWidget(m_otherEnd);
    m_combo->setMaximumWidth(m_combo->fontMetrics().averageCharWidth() * maxCharacters);
    layout->addStretch();
    setFixedHeight(UiTools::rowHeight(*this)); // the same height if there is no state to show
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] { emit selectionChanged(); });
}

int ConnectionBar::selected() const
{
    return m_model.idAt(m_combo->currentIndex());
}

void ConnectionBar::select(int id)
{
    m_combo->setCurrentIndex(m_model.rowOf(id));
}

void ConnectionBar::addActionsTo(QMenu *menu)
{
    m_combo->addActionsTo(menu);
}

void ConnectionBar::update(const std::map<int, ConnectionStatus> &changed)
{
    const int newestBefore = m_model.idAt(m_model.rowCount() - 1);
    m_model.update(changed, selected());
    m_combo->refresh();
    const int newest = m_model.idAt(m_model.rowCount() - 1);
    const ConnectionStatus *shown = m_model.find(selected());
    // An open connection stays selected. A closed one is replaced with the next one.
    if (newest != newestBefore && (!shown || !shown->isOpen()))
        select(newest);
}

void ConnectionBar::setStates(const KernelView &view, std::optional<TcpState> otherEnd)
{
    m_kernel = view;
    m_inferredOtherEnd = otherEnd;
    showStates();
}

void ConnectionBar::showStates()
{
    const ConnectionStatus *status = m_model.find(selected());
    m_thisEnd->setState(status ? std::optional(StateText::ofThisEnd(*status, m_kernel)) : std::nullopt);
    m_otherEnd->setState(status ? std::optional(StateText::ofOtherEnd(m_kernel, m_inferredOtherEnd)) : std::nullopt);
    m_combo->setToolTip(m_combo->currentData(Qt::ToolTipRole).toString());
    giveRoom();
}

/// The text of this end has priority.
void ConnectionBar::giveRoom()
{
    const int both = width() - m_combo->minimumSizeHint().width() - 2 * layout()->spacing();
    m_thisEnd->setRoom(both - m_otherEnd->shortestWidth());
    m_otherEnd->setRoom(both - m_thisEnd->sizeHint().width());
}

void ConnectionBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    giveRoom();
}

#include "moc_connectionbar.cpp"
