// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "opendialog.h"

#include "steps/sessionfolder.h"

#include <QFileSystemModel>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTreeView>

namespace {

constexpr int columns = 125; ///< the width of the dialog, in characters

/// Leaves out empty sessions. Reads each small session file when it is listed.
class WithoutEmpty : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        const QString path = index.data(QFileSystemModel::FilePathRole).toString();
        return !path.startsWith(SessionFolder::path() + u'/') || !SessionFolder::isEmpty(path);
    }
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        const auto *files = static_cast<QFileSystemModel *>(sourceModel());
        if (files->isDir(left) != files->isDir(right)) // folders stay above
            return (sortOrder() == Qt::AscendingOrder) == files->isDir(left);
        switch (left.column()) {
        case sizeColumn:
            return files->size(left) < files->size(right);
        case timeColumn:
            return files->lastModified(left) < files->lastModified(right);
        default:
            return QSortFilterProxyModel::lessThan(left, right);
        }
    }

public:
    static constexpr int sizeColumn = 1;
    static constexpr int kindColumn = 2;
    static constexpr int timeColumn = 3;
};

} // namespace

OpenDialog::OpenDialog(const QString &folder, QWidget *parent)
    : QFileDialog(parent, tr("Open a Session or a Capture"), folder,
                  tr("Sessions and captures (*.jsonl *.pcap *.pcapng *.cap);;All files (*)"))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFileMode(ExistingFiles); // two captures are shown together
    setViewMode(Detail);
    setOption(DontUseNativeDialog); // native dialogs cannot leave files out
    setProxyModel(new WithoutEmpty(this));
    resize(columns * fontMetrics().averageCharWidth(), sizeHint().height());
}

void OpenDialog::showEvent(QShowEvent *event)
{
    QFileDialog::showEvent(event);
    auto *list = findChild<QTreeView *>(QStringLiteral("treeView"));
    if (!list)
        return;
    list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->hideColumn(WithoutEmpty::kindColumn); // the name tells it too
    list->sortByColumn(WithoutEmpty::timeColumn, Qt::DescendingOrder);
}

#include "moc_opendialog.cpp"
