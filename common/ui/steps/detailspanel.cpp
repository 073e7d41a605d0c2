// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "detailspanel.h"

#include "detailsview.h"
#include "ui/tools/uitools.h"

#include <QToolButton>
#include <QVBoxLayout>

DetailsPanel::DetailsPanel(QWidget *parent)
    : QWidget(parent)
    , m_header(new QToolButton(this))
    , m_view(new DetailsView(this))
{
    m_header->setText(tr("Details"));
    m_header->setAutoRaise(true);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setFocusPolicy(Qt::TabFocus);
    m_header->setToolTip(tr("Show or hide the details of the selected step (Ctrl+D)"));
    UiTools::describe(m_header, "detailsHeader", tr("Fold the details"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_header, 0, Qt::AlignLeft);
    layout->addWidget(m_view, 1);
    connect(m_header, &QToolButton::clicked, this, [this] { setFolded(!m_isFolded); });
    apply();
}

void DetailsPanel::setFolded(bool folded)
{
    if (m_isFolded == folded)
        return;
    m_isFolded = folded;
    apply();
    emit foldedChanged(folded);
}

void DetailsPanel::setAsTab(bool asTab)
{
    m_isTab = asTab;
    apply();
}

void DetailsPanel::apply()
{
    const bool folded = m_isFolded && !m_isTab;
    m_header->setVisible(!m_isTab);
    m_header->setArrowType(folded ? Qt::RightArrow : Qt::DownArrow);
    m_view->setVisible(!folded);
    setMaximumHeight(folded ? m_header->sizeHint().height() : QWIDGETSIZE_MAX);
}

#include "moc_detailspanel.cpp"
