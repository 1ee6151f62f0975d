# No token
curl -ksi "$BASE/v1/invoices"
# A viewer lists
curl -ksi -H "Authorization: Bearer $BOB" "$BASE/v1/invoices?limit=1"
# An invoice with its customer
curl -ksi -H "Authorization: Bearer $BOB" "$BASE/v1/invoices/01900000-0000-7000-8000-00000000e001?expand=customer"
# A viewer may not create
curl -ksi -H "Authorization: Bearer $BOB" -H "Content-Type: application/json" -d '{"name":"Tortoise Racing","email":"office@tortoise.example"}' "$BASE/v1/customers"
# An accountant may
curl -ksi -H "Authorization: Bearer $ALICE" -H "Content-Type: application/json" -d '{"name":"Tortoise Racing","email":"office@tortoise.example"}' "$BASE/v1/customers"
# An invoice
curl -ksi -H "Authorization: Bearer $ALICE" -H "Content-Type: application/json" -H 'Idempotency-Key: "tour-1"' -d '{"customerId":"01900000-0000-7000-8000-00000000c001","dueOn":"2030-01-31","lines":[{"productId":"01900000-0000-7000-8000-00000000d002","quantity":3}]}' "$BASE/v1/invoices"
# The same again: the same answer
curl -ksi -H "Authorization: Bearer $ALICE" -H "Content-Type: application/json" -H 'Idempotency-Key: "tour-1"' -d '{"customerId":"01900000-0000-7000-8000-00000000c001","dueOn":"2030-01-31","lines":[{"productId":"01900000-0000-7000-8000-00000000d002","quantity":3}]}' "$BASE/v1/invoices"
# A change of the version that was read
curl -ksi -X PATCH -H "Authorization: Bearer $ALICE" -H "Content-Type: application/merge-patch+json" -H 'If-Match: "v1"' -d '{"name":"Coyote Rockets"}' "$BASE/v1/customers/01900000-0000-7000-8000-00000000c002"
# A change that would be lost
curl -ksi -X PATCH -H "Authorization: Bearer $ALICE" -H "Content-Type: application/merge-patch+json" -H 'If-Match: "v1"' -d '{"name":"Coyote Slingshots"}' "$BASE/v1/customers/01900000-0000-7000-8000-00000000c002"
# A body that is not JSON
curl -ksi -H "Authorization: Bearer $ALICE" -H "Content-Type: application/json" -d '{"name":' "$BASE/v1/customers"
# A body that breaks rules
curl -ksi -H "Authorization: Bearer $ALICE" -H "Content-Type: application/json" -d '{"name":" ","email":"nobody"}' "$BASE/v1/customers"
# Another tenant's invoice
curl -ksi -H "Authorization: Bearer $CAROL" "$BASE/v1/invoices/01900000-0000-7000-8000-00000000e001"
# An unknown path
curl -ksi -H "Authorization: Bearer $ALICE" "$BASE/v1/secrets"
# A wrong method
curl -ksi -X DELETE -H "Authorization: Bearer $ALICE" "$BASE/v1/invoices"
# More than five reports in a minute
for i in 1 2 3 4 5 6; do curl -ksi -H "Authorization: Bearer $BOB" "$BASE/v1/reports/receivables"; echo; done
