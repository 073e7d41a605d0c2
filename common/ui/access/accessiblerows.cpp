// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "accessiblerows.h"

#include <QAbstractScrollArea>
#include <QAccessibleWidget>
#include <QCache>

#include <algorithm>
#include <limits>
#include <utility>

namespace {

/// The accessible list of a view with AccessibleRows. Its items are made on request, and the oldest ones go when there
/// are many. Owned by Qt, which deletes it with the view.
class RowList : public QAccessibleWidget
{
public:
    /// For QAccessible::installFactory(). Null: the object is another one.
    static QAccessibleInterface *create(const QString &className, QObject *object);

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    AccessibleRows *rows() const; ///< null: the view is being destroyed
    QAbstractScrollArea *view() const;

private:
    explicit RowList(QWidget *view);

    /// An item that Qt knows by its number.
    class Registered
    {
    public:
        explicit Registered(QAccessibleInterface *item)
            : m_id(QAccessible::registerAccessibleInterface(item))
        {
        }
        ~Registered() { QAccessible::deleteAccessibleInterface(m_id); }
        Q_DISABLE_COPY_MOVE(Registered)

        QAccessibleInterface *item() const { return QAccessible::accessibleInterface(m_id); }

    private:
        QAccessible::Id m_id;
    };

    mutable QCache<int, Registered> m_items; ///< by row
};

/// One row. Asks the view each time, because rows move and change.
class RowItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    RowItem(const RowList &list, int row)
        : m_list(list)
        , m_row(row)
    {
    }

    int row() const { return m_row; }

    bool isValid() const override { return m_list.isValid() && m_row < m_list.childCount(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_list.window(); }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_list.object()); }
    QAccessibleInterface *child(int index) const override
    {
        Q_UNUSED(index)
        return nullptr;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        Q_UNUSED(x)
        Q_UNUSED(y)
        return nullptr;
    }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        Q_UNUSED(child)
        return -1;
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QString text(QAccessible::Text type) const override;
    void setText(QAccessible::Text type, const QString &text) override
    {
        Q_UNUSED(type)
        Q_UNUSED(text)
    }
    QRect rect() const override;
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &name) const override
    {
        Q_UNUSED(name)
        return {};
    }

private:
    const RowList &m_list;
    const int m_row;
};

QString RowItem::text(QAccessible::Text type) const
{
    const AccessibleRows *rows = m_list.rows();
    if (!rows || !isValid())
        return {};
    if (type == QAccessible::Name)
        return rows->accessibleText(m_row);
    return type == QAccessible::Description ? rows->accessibleDetails(m_row) : QString();
}

QRect RowItem::rect() const
{
    const AccessibleRows *rows = m_list.rows();
    if (!rows || !isValid())
        return {};
    const QRect rect = rows->accessibleRect(m_row);
    return rect.isEmpty() ? QRect() : QRect(m_list.view()->viewport()->mapToGlobal(rect.topLeft()), rect.size());
}

QAccessible::State RowItem::state() const
{
    QAccessible::State state;
    const AccessibleRows *rows = m_list.rows();
    if (!rows || !isValid()) {
        state.invalid = true;
        return state;
    }
    const QAccessible::State list = m_list.state();
    state.invisible = list.invisible;
    state.disabled = list.disabled;
    state.offscreen = rows->accessibleRect(m_row).isEmpty();
    state.selectable = state.focusable = true;
    state.selected = rows->isAccessibleSelected(m_row);
    state.focused = list.focused && rows->accessibleCurrent() == m_row;
    return state;
}

void RowItem::doAction(const QString &name)
{
    AccessibleRows *rows = m_list.rows();
    if (!rows || !isValid())
        return;
    if (name == setFocusAction())
        m_list.view()->setFocus();
    rows->goToAccessible(m_row);
}

QAccessibleInterface *RowList::create(const QString &className, QObject *object)
{
    Q_UNUSED(className)
    auto *view = qobject_cast<QAbstractScrollArea *>(object);
    return view && dynamic_cast<AccessibleRows *>(object) ? new RowList(view) : nullptr;
}

RowList::RowList(QWidget *view)
    : QAccessibleWidget(view, QAccessible::List)
    , m_items(AccessibleRows::maxItems)
{
}

AccessibleRows *RowList::rows() const
{
    return dynamic_cast<AccessibleRows *>(object());
}

QAbstractScrollArea *RowList::view() const
{
    return static_cast<QAbstractScrollArea *>(object());
}

int RowList::childCount() const
{
    const AccessibleRows *rows = this->rows();
    return rows ? int(std::min<qsizetype>(rows->accessibleCount(), std::numeric_limits<int>::max())) : 0;
}

QAccessibleInterface *RowList::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    if (!m_items.contains(index))
        m_items.insert(index, new Registered(new RowItem(*this, index)));
    return m_items.object(index)->item();
}

int RowList::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *item = dynamic_cast<const RowItem *>(child);
    return item && item->isValid() ? item->row() : -1;
}

QAccessibleInterface *RowList::childAt(int x, int y) const
{
    const AccessibleRows *rows = this->rows();
    const QWidget *viewport = rows ? view()->viewport() : nullptr;
    const QPoint place = viewport ? viewport->mapFromGlobal(QPoint(x, y)) : QPoint();
    return viewport && viewport->rect().contains(place) ? child(int(rows->accessibleRowAt(place))) : nullptr;
}

QAccessibleInterface *RowList::focusChild() const
{
    const AccessibleRows *rows = this->rows();
    return rows && view()->hasFocus() ? child(int(rows->accessibleCurrent())) : nullptr;
}

} // namespace

AccessibleRows::AccessibleRows()
{
    QAccessible::installFactory(&RowList::create); // more than once is the same as once
}

void AccessibleRows::tellCurrentRow(QWidget &view)
{
    const qsizetype row = accessibleCurrent();
    const qsizetype old = std::exchange(m_told, row);
    if (!QAccessible::isActive())
        return;
    const auto tell = [&view](QAccessible::Event type, qsizetype child) {
        QAccessibleEvent event(&view, type);
        event.setChild(int(child));
        QAccessible::updateAccessibility(&event);
    };
    if (old >= 0 && old != row && old < accessibleCount())
        tell(QAccessible::SelectionRemove, old);
    if (row < 0)
        return;
    tell(QAccessible::Selection, row);
    if (view.hasFocus())
        tell(QAccessible::Focus, row);
}

void AccessibleRows::tellFocus(QWidget &view)
{
    if (QAccessible::isActive())
        QMetaObject::invokeMethod(
            &view, [this, &view] { tellCurrentRow(view); }, Qt::QueuedConnection);
}
